using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class SendCheckTests
{
    private static readonly RemediationRequest Request = Sample.Request().With(static s => s with { Steps = [Sample.Step(StepState.Intended)] });
    private static readonly PlannedStep Step = Request.Spec.Plan.Steps[0];
    private static readonly FreshObject Fresh = new() { Uid = "web-uid", ResourceVersion = "10", Generation = 2, HasAnnotations = true };

    [Fact]
    public void Judge_sends_with_identity_version_and_mark()
    {
        JsonArray patch = JsonNode.Parse(Send(Fresh).Body!)!.AsArray();
        patch.Select(o => $"{o!["op"]} {o["path"]}").Should().Equal(
            "test /metadata/uid", "add /metadata/resourceVersion", "add /metadata/annotations/firstline.dev~1last-remediation", "replace /spec/template");
        ((string?)patch[1]!["value"]).Should().Be("10");
        ((string?)patch[2]!["value"]).Should().Be("request-uid/undo at=2026-11-20T12:00:00Z incident=incident-uid runbook=firstline-system/undo");
    }

    [Theory]
    [InlineData("the pod is there", "pod-uid", false, false)]
    [InlineData("it goes already", "pod-uid", true, true)]
    [InlineData("it was made again", "other", false, true)]
    [InlineData("it is gone", null, false, true)]
    public void Judge_evicts_a_pod_that_is_there_and_takes_one_that_goes_for_done(string situation, string? uid, bool isEnding, bool isDone)
    {
        Mutation evict = new() { Verb = MutationVerb.Evict, Target = new() { ApiVersion = "v1", Kind = "Pod", Namespace = "shop", Name = "web-1", Uid = "pod-uid" } };
        FreshObject? pod = uid is null ? null : new() { Uid = uid, ResourceVersion = "1", IsEnding = isEnding };
        SendVerdict verdict = SendCheck.Judge(Request, Step, PlanDirection.Forward, evict, pod);
        (verdict is SendVerdict.Done).Should().Be(isDone, situation);
        (verdict is SendVerdict.Send { Body: null }).Should().Be(!isDone, situation);
    }

    [Fact]
    public void Judge_creates_what_is_not_there_with_its_mark_and_knows_its_own_again()
    {
        Mutation create = new() { Verb = MutationVerb.Create, Target = new() { ApiVersion = "batch/v1", Kind = "Job", Namespace = "shop", Name = "again" }, Body = """{"metadata":{"name":"again"}}""" };
        SendVerdict.Send send = SendCheck.Judge(Request, Step, PlanDirection.Forward, create, null).Should().BeOfType<SendVerdict.Send>().Subject;
        FreshObject made = FreshObject.Read(JsonNode.Parse(send.Body!)!);
        made.Mark.Should().Be("request-uid/undo");
        SendCheck.Judge(Request, Step, PlanDirection.Forward, create, made).Should().BeOfType<SendVerdict.Done>();
        SendCheck.Judge(Request, Step, PlanDirection.Forward, create, made with { Mark = "another/undo" }).Should().BeOfType<SendVerdict.Drifted>();

        // One that was seen and is gone is not made twice.
        RemediationRequest seen = Request.With(static s => s with { Steps = [Sample.Step(StepState.Intended) with { StartedAt = Sample.Now }] });
        SendCheck.Judge(seen, Step, PlanDirection.Forward, create, null).Should().BeOfType<SendVerdict.Drifted>();
    }

    [Fact]
    public void Judge_makes_the_annotations_where_there_are_none() =>
        Send(Fresh with { HasAnnotations = false }).Body.Should().Contain("""{"op":"add","path":"/metadata/annotations","value":{}}""");

    [Fact]
    public void Judge_adds_the_same_to_a_merge_patch()
    {
        Mutation merge = new() { Verb = MutationVerb.MergePatch, Target = Sample.Web, Body = """{"metadata":{"annotations":{"a":"b"}},"spec":{"replicas":2}}""" };
        SendVerdict.Send send = (SendVerdict.Send)SendCheck.Judge(Request, Step, PlanDirection.Forward, merge, Fresh);
        JsonNode.DeepEquals(
            JsonNode.Parse(send.Body!),
            JsonNode.Parse("""{"metadata":{"annotations":{"a":"b","firstline.dev/last-remediation":"request-uid/undo at=2026-11-20T12:00:00Z incident=incident-uid runbook=firstline-system/undo"},"uid":"web-uid","resourceVersion":"10"},"spec":{"replicas":2}}"""))
            .Should().BeTrue(send.Body);
    }

    [Fact]
    public void Judge_recognises_its_own_mark_even_though_the_generation_moved_on() =>
        Judge(Fresh with { Generation = 3, Mark = "request-uid/undo" }).Should().BeOfType<SendVerdict.Done>();

    [Theory]
    [InlineData("gone")]
    [InlineData("made again")]
    [InlineData("changed")]
    public void Judge_does_not_send_to_another_object_or_version(string situation)
    {
        FreshObject? fresh = situation switch { "gone" => null, "made again" => Fresh with { Uid = "x" }, _ => Fresh with { Generation = 3 } };
        Judge(fresh).Should().BeOfType<SendVerdict.Drifted>(situation);
    }

    [Fact]
    public void Judge_compares_a_rollback_with_what_the_change_left_behind()
    {
        RemediationRequest applied = Request.With(s => s with { Steps = [Sample.Step(StepState.RollingBack, Sample.Now) with { Generation = 3 }] });
        Inverse(applied, Fresh with { Generation = 3, Mark = "request-uid/undo" }).Should().BeOfType<SendVerdict.Send>();
        Inverse(applied, Fresh with { Generation = 4, Mark = "request-uid/undo" }).Should().BeOfType<SendVerdict.Drifted>("somebody else changed it since");
        Inverse(applied, Fresh with { Generation = 4, Mark = "request-uid/undo/undone" }).Should().BeOfType<SendVerdict.Done>();
    }

    [Fact]
    public void Judge_takes_a_rollback_back_past_an_autoscaler_but_not_past_anybody_else()
    {
        RemediationRequest applied = Request.With(s => s with { Steps = [Sample.Step(StepState.RollingBack, Sample.Now) with { Generation = 3, ContentHash = "h" }] });
        FreshObject scaled = Fresh with { Generation = 4, ContentHash = "h", IsScaled = true, Mark = "request-uid/undo" };
        Inverse(applied, scaled).Should().BeOfType<SendVerdict.Send>("only the replicas have moved");
        Inverse(applied, scaled with { ContentHash = "i" }).Should().BeOfType<SendVerdict.Drifted>("somebody changed more than that");
        Inverse(applied, scaled with { IsScaled = false }).Should().BeOfType<SendVerdict.Drifted>("a person set the replicas");
        PlannedStep scales = Step with { Forward = [new() { Verb = MutationVerb.MergePatch, Target = Sample.Web, Body = """{"spec":{"replicas":5}}""" }] };
        RemediationRequest itself = applied with { Spec = applied.Spec with { Plan = applied.Spec.Plan with { Steps = [scales] } } };
        Inverse(itself, scaled).Should().BeOfType<SendVerdict.Drifted>("the replicas are what the plan set");
    }

    [Fact]
    public void Judge_takes_a_deleted_object_for_done()
    {
        Mutation delete = new() { Verb = MutationVerb.Delete, Target = Sample.Web };
        SendCheck.Judge(Request, Step, PlanDirection.Forward, delete, null).Should().BeOfType<SendVerdict.Done>();
        SendCheck.Judge(Request, Step, PlanDirection.Forward, delete, Fresh with { Uid = "next" }).Should().BeOfType<SendVerdict.Done>();
        SendCheck.Judge(Request, Step, PlanDirection.Forward, delete, Fresh).Should().BeOfType<SendVerdict.Send>().Which.Body.Should().BeNull();
    }

    [Fact]
    public void Judge_sees_drift_of_a_ConfigMap_by_its_content()
    {
        RemediationRequest request = Request with { Spec = Request.Spec with { Plan = Request.Spec.Plan with { TargetGeneration = 0, TargetContentHash = "h" } } };
        SendCheck.Judge(request, Step, PlanDirection.Forward, Step.Forward[0], Fresh with { Generation = null, ContentHash = "h" }).Should().BeOfType<SendVerdict.Send>();
        SendCheck.Judge(request, Step, PlanDirection.Forward, Step.Forward[0], Fresh with { Generation = null, ContentHash = "i" }).Should().BeOfType<SendVerdict.Drifted>();
    }

    [Fact]
    public void Read_takes_what_is_needed_of_an_object()
    {
        FreshObject.Read(JsonNode.Parse("""{"kind":"Deployment","metadata":{"uid":"u","resourceVersion":"7","generation":2,"annotations":{"firstline.dev/last-remediation":"m at=2026-11-20T12:00:00Z incident=i runbook=n/r"}}}""")!)
            .Should().Be(new FreshObject { Uid = "u", ResourceVersion = "7", Generation = 2, HasAnnotations = true, Mark = "m" });
        FreshObject empty = FreshObject.Read(JsonNode.Parse("""{"kind":"ConfigMap","metadata":{"uid":"u","resourceVersion":"7"}}""")!);
        FreshObject.Read(JsonNode.Parse("""{"kind":"ConfigMap","metadata":{"uid":"u","resourceVersion":"7"},"data":{}}""")!).Should().Be(empty);
    }

    private static SendVerdict Judge(FreshObject? fresh) => SendCheck.Judge(Request, Step, PlanDirection.Forward, Step.Forward[0], fresh);

    private static SendVerdict Inverse(RemediationRequest request, FreshObject fresh) => SendCheck.Judge(request, Step, PlanDirection.Inverse, Step.Inverse[0], fresh);

    private static SendVerdict.Send Send(FreshObject fresh) => Judge(fresh).Should().BeOfType<SendVerdict.Send>().Subject;
}
