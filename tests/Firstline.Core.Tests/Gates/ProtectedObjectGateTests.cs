using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class ProtectedObjectGateTests
{
    private static readonly DateTimeOffset Now = Sample.Now;
    private static readonly ImmutableSortedDictionary<string, string> Gold = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "gold");
    private static readonly ImmutableSortedDictionary<string, string> Tin = Gold.SetItem("tier", "tin");

    public static TheoryData<string> Kinds => [.. ActionCatalogue.All.SelectMany(static a => a.TargetKinds).Distinct()];

    [Theory]
    [InlineData("nothing is named", null, null, null, GateDecision.Open)]
    [InlineData("by its name", "Deployment", "shop", "web", GateDecision.Closed)]
    [InlineData("by its kind, in other letters", "deployment", null, null, GateDecision.Closed)]
    [InlineData("by its namespace", null, "shop", null, GateDecision.Closed)]
    [InlineData("another of its name", "StatefulSet", null, "web", GateDecision.Open)]
    public void What_the_policy_names_is_never_changed(string situation, string? kind, string? ns, string? name, GateDecision expected)
    {
        ImmutableArray<ProtectedObject> objects = kind is null && ns is null && name is null ? [] : [new() { Kind = kind, Namespace = ns, Name = name }];
        Expect(Judge(Sample.View with { Policy = Sample.Policy with { Protected = new() { Objects = objects } } }), expected, situation);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_label_protects_an_object_of_every_kind_that_an_action_changes(string kind)
    {
        TargetRef target = new() { Kind = kind, Namespace = kind == "Node" ? null : "shop", Name = "it", Uid = "u" };
        RemediationRequest request = Planned(target);
        Expect(Judge(View(request, Of(target, Gold))), GateDecision.Closed, kind);
        Expect(Judge(View(request, Of(target, Tin))), GateDecision.Open, kind);
        Judge(View(request, Of(target, Gold) with { Exists = false })).Reason.Should().Be(GateReasons.TargetUnknown);
    }

    [Theory]
    [InlineData("its namespace", null, "bank", null, GateDecision.Closed)]
    [InlineData("pods of its namespace", "Pod", "bank", null, GateDecision.Closed)]
    [InlineData("the very pod", "Pod", "bank", "teller", GateDecision.Closed)]
    [InlineData("a pod of that name elsewhere", "Pod", "shop", "teller", GateDecision.Open)]
    public void A_drain_changes_the_pods_that_it_evicts(string situation, string? kind, string? ns, string? name, GateDecision expected)
    {
        RemediationPolicySpec policy = Sample.Policy with { Protected = new() { Objects = [new() { Kind = kind, Namespace = ns, Name = name }] } };
        Expect(Judge(View(Drain, OfNode(Pod(Tin))) with { Policy = policy }), expected, situation);
    }

    [Fact]
    public void A_label_protects_a_pod_from_its_drain_and_one_that_is_gone_is_in_nobodys_way()
    {
        Expect(Judge(View(Drain, OfNode(Pod(Gold)))), GateDecision.Closed, "the pod carries the label");
        Expect(Judge(View(Drain, OfNode(Pod(Tin)))), GateDecision.Open, "it does not");
        Expect(Judge(View(Drain, OfNode())), GateDecision.Open, "it was evicted a moment ago");
    }

    [Theory]
    [InlineData(MutationVerb.Delete, "Pod", GateDecision.Closed)]
    [InlineData(MutationVerb.Evict, "Pod", GateDecision.Closed)]
    [InlineData(MutationVerb.Create, "Job", GateDecision.Open)]
    public void A_label_protects_what_is_changed_beside_the_target(MutationVerb verb, string kind, GateDecision expected)
    {
        TargetRef other = new() { Kind = kind, Namespace = "shop", Name = "teller", Uid = "pod-uid" };
        Situation situation = Sample.Broken with { Pods = [Pod(Gold) with { Ref = other }] };
        Expect(Judge(View(Planned(Sample.Web, new Mutation { Verb = verb, Target = other }), situation)), expected, verb.ToString());
    }

    [Fact]
    public void It_is_closed_to_what_can_not_be_seen()
    {
        Judge(Sample.View with { Policy = Protecting, Situation = null }).Reason.Should().Be(GateReasons.TargetUnknown);
        Mutation ofOther = new() { Verb = MutationVerb.MergePatch, Target = Sample.Web with { Name = "vault" } };
        Judge(View(Planned(Sample.Web, ofOther), Sample.Broken)).Reason.Should().Be(GateReasons.TargetUnknown, "another object's labels are not known");
        Mutation pod = new() { Verb = MutationVerb.Delete, Target = Pod(Gold).Ref };
        TargetRef config = new() { Kind = "ConfigMap", Namespace = "shop", Name = "it", Uid = "u" };
        Judge(View(Planned(config, pod), Of(config, Tin))).Reason.Should().Be(GateReasons.TargetUnknown, "with a ConfigMap alone in sight a pod is not known to be gone");
    }

    [Fact]
    public void It_looks_at_each_change_in_both_directions()
    {
        RemediationRequest request = Sample.Request();
        PlannedStep step = request.Spec.Plan.Steps[0];
        PlannedStep smuggled = step with { Inverse = [step.Forward[0] with { Target = Sample.Web with { Name = "vault" } }] };
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Steps = [smuggled] } } };
        RemediationPolicySpec policy = Sample.Policy with { Protected = new() { Objects = [new() { Name = "vault" }] } };
        Expect(Judge(Sample.ViewOf(request) with { Policy = policy }), GateDecision.Closed, "the inverse names it");
    }

    private static RemediationPolicySpec Protecting => Sample.Policy with { Protected = new() { Labels = Gold } };

    private static RemediationRequest Drain => Planned(Node, BoundPod.Evictions(Node, [Pod(Gold)]));

    private static TargetRef Node => new() { Kind = "Node", Name = "node-1", Uid = "node-uid" };

    private static PodFacts Pod(ImmutableSortedDictionary<string, string> labels) =>
        new() { Ref = new() { Kind = "Pod", Namespace = "bank", Name = "teller", Uid = "pod-uid" }, Labels = labels };

    private static Situation OfNode(params PodFacts[] pods) => new() { Subject = Node, Node = new() { Ref = Node, Labels = Tin }, BoundPods = [.. pods] };

    private static RemediationRequest Planned(TargetRef target, params Mutation[] mutations)
    {
        RemediationRequest request = Sample.Request();
        return request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Target = target, Steps = [new() { Name = "s", Forward = [.. mutations] }] } } };
    }

    private static Situation Of(TargetRef target, ImmutableSortedDictionary<string, string> labels)
    {
        Situation situation = new() { Subject = target };
        return target.Kind switch
        {
            "ConfigMap" => situation with { ConfigMaps = [new() { Ref = target, Labels = labels }] },
            "CronJob" => situation with { CronJob = new() { Ref = target, Labels = labels } },
            "Job" => situation with { Jobs = [new() { Ref = target, Labels = labels }] },
            "Node" => situation with { Node = new() { Ref = target, Labels = labels } },
            "HorizontalPodAutoscaler" => situation with { Autoscaler = new() { Ref = target, Labels = labels, Scales = Sample.Web } },
            "PersistentVolumeClaim" => situation with { Claim = new() { Ref = target, Labels = labels } },
            "Deployment" or "StatefulSet" or "DaemonSet" => situation with { Workload = Sample.Workload with { Ref = target, Labels = labels } },
            var kind => throw new NotSupportedException($"say here how an object of kind {kind} is seen"),
        };
    }

    private static GateInput View(RemediationRequest request, Situation situation) => Sample.ViewOf(request) with { Policy = Protecting, Situation = situation };

    private static GateVerdict Judge(GateInput view) => new ProtectedObjectGate().Judge(view, Now);

    private static void Expect(GateVerdict verdict, GateDecision expected, string situation)
    {
        verdict.Decision.Should().Be(expected, situation);
        verdict.Reason.Should().Be(expected == GateDecision.Closed ? GateReasons.ObjectProtected : GateReasons.Open, situation);
    }
}
