using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class ScalingAndFieldActionTests
{
    private const string Probed = """{"spec":{"containers":[{"name":"side"},{"name":"app","livenessProbe":{"timeoutSeconds":1},"resources":{"limits":{"memory":"64Mi"}}}]}}""";
    private static readonly TargetRef Scaler = new() { ApiVersion = "autoscaling/v2", Kind = "HorizontalPodAutoscaler", Namespace = "shop", Name = "web", Uid = "hpa-uid" };
    private static readonly TargetRef Data = new() { ApiVersion = "v1", Kind = "PersistentVolumeClaim", Namespace = "shop", Name = "data", Uid = "pvc-uid" };
    private static readonly TargetRef Cron = new() { ApiVersion = "batch/v1", Kind = "CronJob", Namespace = "shop", Name = "report", Uid = "cron-uid" };

    [Theory]
    [InlineData("half as many more", 10, 10, "1.5", "30", 15)]
    [InlineData("rounded up", 5, 5, "1.5", "30", 8)]
    [InlineData("no further than the ceiling", 10, 10, "2", "12", 12)]
    public void AdjustHpa_raises_the_bound_that_holds_it(string situation, int most, int current, string factor, string ceiling, int expected)
    {
        ActionResult.Planned plan = Planned(Hpa(most, current, factor, ceiling));
        plan.Forward[0].Body.Should().Be($$"""[{"op":"test","path":"/spec/maxReplicas","value":{{most}}},{"op":"replace","path":"/spec/maxReplicas","value":{{expected}}}]""", situation);
        plan.Inverse[0].Body.Should().Be($$"""[{"op":"test","path":"/spec/maxReplicas","value":{{expected}}},{"op":"replace","path":"/spec/maxReplicas","value":{{most}}}]""");
        plan.Irreversible.Should().BeNull();
    }

    [Theory]
    [InlineData("it could scale further by itself", 10, 9, "30", ActionReasons.NotAtBound)]
    [InlineData("the runbook allows no more", 30, 30, "30", ActionReasons.AboveMaximum)]
    public void AdjustHpa_refuses(string situation, int most, int current, string ceiling, string reason) => Refused(Hpa(most, current, "1.5", ceiling)).Should().Be(reason, situation);

    [Theory]
    [InlineData("it holds it down", 2, 2, 10, "2", "20", 4)]
    [InlineData("the ceiling is near", 2, 2, 10, "4", "5", 5)]
    [InlineData("the most replicas are near", 2, 2, 3, "4", "20", 3)]
    public void AdjustHpa_raises_the_least_replicas(string situation, int least, int current, int most, string factor, string ceiling, int expected)
    {
        ActionResult.Planned plan = Planned(Hpa(most, current, factor, ceiling, least));
        plan.Forward[0].Body.Should().Be($$"""[{"op":"test","path":"/spec/minReplicas","value":{{least}}},{"op":"replace","path":"/spec/minReplicas","value":{{expected}}}]""", situation);
        plan.Inverse[0].Body.Should().Be($$"""[{"op":"test","path":"/spec/minReplicas","value":{{expected}}},{"op":"replace","path":"/spec/minReplicas","value":{{least}}}]""");
    }

    [Theory]
    [InlineData("it has more than that", 2, 3, 10, "20", ActionReasons.NotAtBound)]
    [InlineData("the runbook allows no more", 5, 5, 10, "5", ActionReasons.AboveMaximum)]
    [InlineData("it is pinned at both", 3, 3, 3, "20", ActionReasons.AboveMaximum)]
    public void AdjustHpa_refuses_to_raise_the_least_replicas(string situation, int least, int current, int most, string ceiling, string reason) =>
        Refused(Hpa(most, current, "1.5", ceiling, least)).Should().Be(reason, situation);

    [Theory]
    [InlineData("most replicas", null, 3, 20, "0.5", "5", "maxReplicas", 20, 10)]
    [InlineData("most, down to the floor", null, 3, 20, "0.25", "8", "maxReplicas", 20, 8)]
    [InlineData("most, down to those that run", null, 12, 20, "0.5", "5", "maxReplicas", 20, 12)]
    [InlineData("least replicas", 6, 6, 20, "0.5", "2", "minReplicas", 6, 3)]
    [InlineData("least, rounded up, down to the floor", 5, 5, 20, "0.25", "2", "minReplicas", 5, 2)]
    public void AdjustHpa_lowers_a_bound(string situation, int? least, int current, int most, string factor, string floor, string field, int before, int after)
    {
        ActionResult.Planned plan = Planned(Lowered(most, current, factor, floor, least));
        plan.Forward[0].Body.Should().Be($$"""[{"op":"test","path":"/spec/{{field}}","value":{{before}}},{"op":"replace","path":"/spec/{{field}}","value":{{after}}}]""", situation);
        plan.Inverse[0].Body.Should().Be($$"""[{"op":"test","path":"/spec/{{field}}","value":{{after}}},{"op":"replace","path":"/spec/{{field}}","value":{{before}}}]""");
        plan.DisruptedPods.Should().Be(least is null ? 0 : before - after, "what held those pods up is gone; those that the most replicas are lowered to run on");
    }

    [Theory]
    [InlineData("all of them run", null, 20, 20, "5", ActionReasons.BelowMinimum)]
    [InlineData("the runbook allows no less", null, 3, 20, "20", ActionReasons.BelowMinimum)]
    [InlineData("the least replicas are as many", 20, 20, 20, "20", ActionReasons.BelowMinimum)]
    [InlineData("it runs more than the least", 6, 7, 20, "2", ActionReasons.NotAtBound)]
    public void AdjustHpa_refuses_to_lower(string situation, int? least, int current, int most, string floor, string reason) =>
        Refused(Lowered(most, current, "0.5", floor, least)).Should().Be(reason, situation);

    [Theory]
    [InlineData("1.5", "", "5", "factor 1.5 raises the bound: give ceiling")]
    [InlineData("0.5", "5", "", "factor 0.5 lowers the bound: give floor")]
    [InlineData("0.5", "", "5", null)]
    public void AdjustHpa_wants_the_bound_for_what_it_does(string factor, string ceiling, string floor, string? problem) =>
        new AdjustHpaAction().Problem(new Dictionary<string, string> { ["factor"] = factor, ["ceiling"] = ceiling, ["floor"] = floor }.ToImmutableSortedDictionary()).Should().Be(problem);

    [Theory]
    [InlineData("10Gi", "100Gi", "15Gi")]
    [InlineData("10Gi", "12Gi", "12Gi")]
    [InlineData("1Gi", "100Gi", "1536Mi")]
    public void ExpandPvc_only_goes_upward_and_says_that_it_can_not_come_back(string size, string max, string expected)
    {
        ActionResult.Planned plan = Planned(Pvc(Claim(size), max));
        plan.Forward[0].Body.Should().Contain($$"""{"op":"replace","path":"/spec/resources/requests/storage","value":"{{expected}}"}""");
        (plan.Inverse.IsEmpty, plan.Irreversible).Should().Be((true, "a volume can't be made smaller again"));
    }

    [Theory]
    [InlineData("it is as large as the runbook allows", "Bound", true, "10Gi", "10Gi", ActionReasons.AboveMaximum)]
    [InlineData("it is larger already", "Bound", true, "10Gi", "5Gi", ActionReasons.AboveMaximum)]
    [InlineData("the class does not allow it", "Bound", false, "10Gi", "100Gi", ActionReasons.NotExpandable)]
    [InlineData("there is no volume yet", "Pending", true, null, "100Gi", ActionReasons.NotExpandable)]
    [InlineData("it is being expanded", "Bound", true, "5Gi", "100Gi", ActionReasons.NotExpandable)]
    public void ExpandPvc_refuses(string situation, string phase, bool expandable, string? capacity, string max, string reason) =>
        Refused(Pvc(Claim("10Gi") with { Phase = phase, IsExpandable = expandable, Capacity = capacity }, max)).Should().Be(reason, situation);

    [Theory]
    [InlineData("Annotate", "example.com/state", "hot", """{"metadata":{"annotations":{"example.com/state":"hot"}}}""", """[{"op":"test","path":"/metadata/annotations/example.com~1state","value":"hot"},{"op":"remove","path":"/metadata/annotations/example.com~1state"}]""")]
    [InlineData("Annotate", "team", "b", """[{"op":"test","path":"/metadata/annotations/team","value":"a"},{"op":"replace","path":"/metadata/annotations/team","value":"b"}]""", """[{"op":"test","path":"/metadata/annotations/team","value":"b"},{"op":"replace","path":"/metadata/annotations/team","value":"a"}]""")]
    [InlineData("Label", "tier", "", """[{"op":"test","path":"/metadata/labels/tier","value":"web"},{"op":"remove","path":"/metadata/labels/tier"}]""", """{"metadata":{"labels":{"tier":"web"}}}""")]
    public void A_note_is_set_and_its_inverse_restores_what_was_there(string action, string key, string value, string forward, string inverse)
    {
        ActionResult.Planned plan = Planned(Note(action, key, value));
        (plan.Forward[0].Body, plan.Inverse[0].Body, plan.DisruptedPods, plan.Irreversible).Should().Be((forward, inverse, 0, null));
    }

    [Theory]
    [InlineData("Annotate", "team", "a", ActionReasons.AlreadySet)]
    [InlineData("Label", "missing", "", ActionReasons.AlreadySet)]
    [InlineData("Annotate", "long", "b", ActionReasons.TooLarge)]
    public void A_note_is_refused(string action, string key, string value, string reason) => Refused(Note(action, key, value)).Should().Be(reason);

    [Theory]
    [InlineData("example.com/a", true)]
    [InlineData("a", true)]
    [InlineData("firstline.dev/paused", false)]
    [InlineData("kubernetes.io/x", false)]
    [InlineData("node-role.kubernetes.io/x", false)]
    [InlineData("a b", false)]
    public void Keys_that_steer_the_cluster_are_no_notes(string key, bool isFine) =>
        (new LabelAction().Parameters.Single(static p => p.Name == "key").Problem(key) is null).Should().Be(isFine);

    [Fact]
    public void PatchResource_sets_a_declared_field_of_the_container_that_is_named()
    {
        ActionResult.Planned plan = Planned(Patch("/spec/template/spec/containers/app/livenessProbe/timeoutSeconds", "5"));
        plan.Forward[0].Body.Should().Be("""
            [{"op":"test","path":"/spec/template/spec/containers/1/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/1/livenessProbe/timeoutSeconds","value":1},{"op":"replace","path":"/spec/template/spec/containers/1/livenessProbe/timeoutSeconds","value":5}]
            """);
        plan.Inverse[0].Body.Should().EndWith("""{"op":"replace","path":"/spec/template/spec/containers/1/livenessProbe/timeoutSeconds","value":1}]""");
        Planned(Patch("/spec/template/spec/terminationGracePeriodSeconds", "60")).Inverse[0].Body.Should().EndWith("""{"op":"remove","path":"/spec/template/spec/terminationGracePeriodSeconds"}]""");
    }

    [Theory]
    [InlineData("the value is there", "/spec/template/spec/containers/app/livenessProbe/timeoutSeconds", "1", ActionReasons.AlreadySet)]
    [InlineData("the amount is there in other words", "/spec/template/spec/containers/app/resources/limits/memory", "\"0.0625Gi\"", ActionReasons.AlreadySet)]
    [InlineData("the amount is there in bytes", "/spec/template/spec/containers/app/resources/limits/memory", "\"67108864\"", ActionReasons.AlreadySet)]
    [InlineData("a value that it does not take", "/spec/template/spec/containers/app/livenessProbe/timeoutSeconds", "\"x\"", ActionReasons.PathNotDeclared)]
    [InlineData("out of its range", "/spec/template/spec/terminationGracePeriodSeconds", "99999", ActionReasons.PathNotDeclared)]
    [InlineData("no such probe", "/spec/template/spec/containers/app/readinessProbe/periodSeconds", "5", ActionReasons.PathNotThere)]
    [InlineData("no such container", "/spec/template/spec/containers/other/livenessProbe/timeoutSeconds", "5", ActionReasons.ContainerUnknown)]
    public void PatchResource_refuses(string situation, string path, string value, string reason) => Refused(Patch(path, value)).Should().Be(reason, situation);

    [Theory]
    [InlineData("/spec/template/spec/serviceAccountName")]
    [InlineData("/spec/template/spec/containers/app/command")]
    [InlineData("/spec/template/spec/containers/app/image")]
    [InlineData("/spec/template/spec/containers/app/securityContext/privileged")]
    [InlineData("/spec/template/spec/hostNetwork")]
    [InlineData("/spec/template/spec/containers/app/livenessProbe/exec")]
    [InlineData("/metadata/finalizers")]
    [InlineData("/spec/template/spec/terminationGracePeriodSeconds/x")]
    public void Nothing_that_runs_other_code_or_gives_other_rights_can_be_named(string path) =>
        new PatchResourceAction().Parameters.Single(static p => p.Name == "path").Problem(path).Should().NotBeNull();

    [Fact]
    public void PatchResource_sets_the_retries_of_a_CronJobs_Jobs()
    {
        Situation cron = new() { Subject = Cron, CronJob = new() { Ref = Cron, JobTemplateJson = """{"spec":{"backoffLimit":6}}""" } };
        ActionResult.Planned plan = Planned(Sample.Plan(new PatchResourceAction(), cron, null, ("path", "/spec/jobTemplate/spec/backoffLimit"), ("value", "2")));
        plan.Forward[0].Body.Should().EndWith("""{"op":"replace","path":"/spec/jobTemplate/spec/backoffLimit","value":2}]""");
    }

    [Fact]
    public void RotateServiceAccountToken_replaces_the_pods_and_says_that_old_tokens_are_gone()
    {
        ActionResult.Planned plan = Planned(Sample.Plan(new RotateServiceAccountTokenAction(), Sample.Broken));
        plan.Forward[0].Body.Should().Contain("restartedAt");
        (plan.Inverse.IsEmpty, plan.Irreversible is not null).Should().Be((true, true));
    }

    [Theory]
    [InlineData("""{"spec":{"automountServiceAccountToken":false,"containers":[]}}""", true)]
    [InlineData("""{"spec":{"automountServiceAccountToken":false,"containers":[],"volumes":[{"name":"t","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}]}}""", false)]
    public void RotateServiceAccountToken_needs_a_token_that_is_bound_to_a_pod(string template, bool isRefused)
    {
        ActionResult result = Sample.Plan(new RotateServiceAccountTokenAction(), Sample.Broken with { Workload = Sample.Workload with { TemplateJson = template } });
        (result as ActionResult.Refused)?.Reason.Should().Be(ActionReasons.NoToken);
        (result is ActionResult.Refused).Should().Be(isRefused);
    }

    private static ActionResult Hpa(int most, int current, string factor, string ceiling, int? least = null) => Sample.Plan(
        new AdjustHpaAction(), new Situation { Subject = Scaler, Autoscaler = new() { Ref = Scaler, Scales = Sample.Web, Least = least ?? 1, Most = most, Current = current } }, null,
        ("factor", factor), ("ceiling", ceiling), ("bound", least is null ? "max" : "min"));

    private static ActionResult Lowered(int most, int current, string factor, string floor, int? least) => Sample.Plan(
        new AdjustHpaAction(), new Situation { Subject = Scaler, Autoscaler = new() { Ref = Scaler, Scales = Sample.Web, Least = least ?? 1, Most = most, Current = current } }, null,
        ("factor", factor), ("floor", floor), ("bound", least is null ? "max" : "min"));

    private static ActionResult Pvc(ClaimFacts claim, string max) => Sample.Plan(new ExpandPvcAction(), new Situation { Subject = Data, Claim = claim }, null, ("max", max));

    private static ClaimFacts Claim(string size) => new() { Ref = Data, Phase = "Bound", StorageClass = "fast", IsExpandable = true, Requested = size, Capacity = size };

    private static ActionResult Note(string action, string key, string value)
    {
        ImmutableSortedDictionary<string, string> notes = ImmutableSortedDictionary<string, string>.Empty.Add("team", "a").Add("long", new string('x', 256) + BoundedText.CutMark);
        Situation web = Sample.Broken with { Workload = Sample.Workload with { Annotations = notes, Labels = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "web") } };
        return Sample.Plan(ActionCatalogue.Find(action)!, web, null, ("key", key), ("value", value));
    }

    private static ActionResult Patch(string path, string value) =>
        Sample.Plan(new PatchResourceAction(), Sample.Broken with { Workload = Sample.Workload with { TemplateJson = Probed } }, null, ("path", path), ("value", value));

    private static ActionResult.Planned Planned(ActionResult result)
    {
        ActionResult.Planned plan = result.Should().BeOfType<ActionResult.Planned>().Subject;
        plan.Forward.Concat(plan.Inverse).Should().OnlyContain(static m => JsonNode.Parse(m.Body!) != null);
        return plan;
    }

    private static string Refused(ActionResult result) => result.Should().BeOfType<ActionResult.Refused>().Subject.Reason;
}
