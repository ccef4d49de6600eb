using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Planning;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class NodeActionTests
{
    private static readonly TargetRef Ref = new() { ApiVersion = "v1", Kind = "Node", Name = "node-1", Uid = "node-uid" };
    private static readonly TaintFacts Old = new("dedicated", "db", "NoSchedule");

    [Theory]
    [InlineData("Cordon", false, """{"spec":{"unschedulable":true}}""", """{"spec":{"unschedulable":null}}""")]
    [InlineData("Uncordon", true, """{"spec":{"unschedulable":null}}""", """{"spec":{"unschedulable":true}}""")]
    public void A_node_is_cordoned_and_opened_again_and_not_twice(string action, bool present, string forward, string inverse)
    {
        ActionResult.Planned plan = Planned(Plan(action, Node(present)));
        (plan.Forward[0].Body, plan.Inverse[0].Body, plan.DisruptedPods, plan.Irreversible).Should().Be((forward, inverse, 0, null));
        Refused(Plan(action, Node(!present))).Should().Be(ActionReasons.AlreadySet);
    }

    [Theory]
    [InlineData("a new one", "TaintNode", "example.com/suspect", "", "on example.com/suspect:NoSchedule", "off example.com/suspect:NoSchedule")]
    [InlineData("another value", "TaintNode", "dedicated", "web", "on dedicated=web:NoSchedule", "on dedicated=db:NoSchedule")]
    [InlineData("one that it has", "UntaintNode", "dedicated", "db", "off dedicated=db:NoSchedule", "on dedicated=db:NoSchedule")]
    public void A_plan_is_about_one_taint_and_its_inverse_restores_that_one(string situation, string action, string key, string value, string forward, string inverse)
    {
        ActionResult.Planned plan = Planned(Plan(action, Node(false, Old), ("key", key), ("value", value)));
        (Said(plan.Forward[0]), Said(plan.Inverse[0])).Should().Be((forward, inverse), situation);
    }

    private static string Said(Mutation mutation) => TaintChange.Of(mutation) is { IsWanted: var wanted, Taint: var taint } ? $"{(wanted ? "on" : "off")} {taint}" : "";

    [Fact]
    public void UntaintNode_wants_the_value_that_is_there() =>
        Refused(Plan("UntaintNode", Node(false, Old), ("key", "dedicated"), ("value", "web"))).Should().Be(ActionReasons.AlreadySet);

    [Theory]
    [InlineData("TaintNode", "dedicated", "db", ActionReasons.AlreadySet)]
    [InlineData("TaintNode", "node.kubernetes.io/unreachable", "", ActionReasons.TaintBySystem)]
    [InlineData("UntaintNode", "node.kubernetes.io/not-ready", "", ActionReasons.TaintBySystem)]
    public void A_taint_that_is_there_or_is_the_control_planes_own_is_refused(string action, string key, string value, string reason) =>
        Refused(Plan(action, Node(false, Old), ("key", key), ("value", value))).Should().Be(reason);

    [Fact]
    public void NoExecute_is_not_offered_since_it_asks_no_budget() =>
        new TaintNodeAction().Parameters.Single(static p => p.Name == "effect").Problem("NoExecute").Should().NotBeNull();

    [Fact]
    public void Drain_evicts_what_runs_elsewhere_too_and_leaves_the_rest()
    {
        Situation node = Node(true) with
        {
            BoundPods =
            [
                Pod("web-2", "ReplicaSet"), Pod("web-1", "ReplicaSet", ready: false), Pod("agent", "DaemonSet"), Pod("kube-proxy", "Node"),
                Pod("done", "Job") with { Phase = "Succeeded" }, Pod("going", "ReplicaSet") with { DeletionAt = Sample.Now },
            ],
        };
        ActionResult.Planned plan = Planned(Plan("Drain", node));
        plan.Forward.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Verb = MutationVerb.Evict, Target = Ref });
        BoundPod.Of(plan.Forward[0]).Select(static p => p.ToString()).Should().Equal("shop/web-1", "shop/web-2");
        (plan.DisruptedPods, plan.Inverse.IsEmpty, plan.Timeout).Should().Be((1, true, TimeSpan.FromMinutes(15)));
        plan.Irreversible.Should().Contain("gone for good");
    }

    [Theory]
    [InlineData("the node takes new pods", false, "ReplicaSet", false, "", ActionReasons.NotCordoned)]
    [InlineData("a step before cordons it", false, "ReplicaSet", false, "cordon", null)]
    [InlineData("nothing makes the pod again", true, null, false, "", ActionReasons.PodUnmanaged)]
    [InlineData("nothing makes the pod again, and that is meant", true, null, false, "unmanagedPods", null)]
    [InlineData("the pod holds data", true, "ReplicaSet", true, "", ActionReasons.PodHasEmptyDir)]
    [InlineData("the pod holds data, and that is meant", true, "ReplicaSet", true, "emptyDirPods", null)]
    [InlineData("only what stays is there", true, "DaemonSet", false, "", ActionReasons.NothingToEvict)]
    public void Drain_refuses_what_would_be_lost(string situation, bool cordoned, string? controller, bool emptyDir, string option, string? reason)
    {
        Situation node = Node(cordoned) with { BoundPods = [Pod("p", controller) with { HasEmptyDir = emptyDir }] };
        ImmutableArray<Mutation> before = option == "cordon" ? Planned(Plan("Cordon", node)).Forward : [];
        (string, string)[] parameters = option.EndsWith("Pods", StringComparison.Ordinal) ? [(option, "evict")] : [];
        ActionResult result = Plan("Drain", node, before, parameters);
        (result as ActionResult.Refused)?.Reason.Should().Be(reason, situation);
        (result is ActionResult.Planned).Should().Be(reason is null, situation);
        if (option.EndsWith("Pods", StringComparison.Ordinal))
        {
            Planned(result).Irreversible.Should().Contain("what only these hold is lost: shop/p");
        }
    }

    [Fact]
    public void A_drain_that_no_request_can_hold_is_refused()
    {
        Situation node = Node(true) with { BoundPods = [.. Enumerable.Range(0, 2000).Select(static i => Pod($"{new string('p', 200)}-{i}", "ReplicaSet"))] };
        Refused(Plan("Drain", node)).Should().Be(ActionReasons.TooLarge);
    }

    [Fact]
    public void EvictPod_evicts_the_failing_pod_and_nothing_else()
    {
        Situation failing = Sample.Broken with
        {
            Pods =
            [
                Pod("fine", "ReplicaSet"),
                Pod("stuck", "ReplicaSet", ready: false) with { Containers = [new() { Name = "app", State = new ContainerState.Waiting("CrashLoopBackOff", "") }] },
            ],
        };
        ActionResult.Planned plan = Planned(Sample.Plan(new EvictPodAction(), failing, null, ("timeout", "5m")));
        plan.Forward.Should().ContainSingle().Which.Should().Match<Mutation>(static m => m.Verb == MutationVerb.Evict && m.Target.Name == "stuck" && m.Body == null);
        (plan.DisruptedPods, plan.Timeout).Should().Be((0, TimeSpan.FromMinutes(5)));
        Refused(Sample.Plan(new EvictPodAction(), failing with { Pods = [Pod("fine", "ReplicaSet")] })).Should().Be(ActionReasons.NoFailingPod);
    }

    [Theory]
    [InlineData("9s", false)]
    [InlineData("10s", true)]
    [InlineData("2h", true)]
    [InlineData("3h", false)]
    [InlineData("soon", false)]
    public void A_time_limit_is_bounded(string value, bool isFine) =>
        (new DrainAction().Parameters.Single(static p => p.Name == "timeout").Problem(value) is null).Should().Be(isFine);

    [Fact]
    public void What_people_decide_about_a_node_is_its_content_and_what_the_control_plane_keeps_is_not()
    {
        string before = ContentHash.Of(Node(false, Old).Node!);
        ContentHash.Of(Node(false, Old, new("node.kubernetes.io/not-ready", "", "NoExecute")).Node!).Should().Be(before);
        ContentHash.Of(Node(true, Old).Node!).Should().NotBe(before);
        ContentHash.Of(Node(false).Node!).Should().NotBe(before);
    }

    internal static Situation Node(bool cordoned, params TaintFacts[] taints) => new()
    {
        Subject = Ref,
        Node = new() { Ref = Ref, IsCordoned = cordoned, Taints = [.. taints], Conditions = [new("Ready", ConditionStatus.True, "", "", null)] },
    };

    internal static PodFacts Pod(string name, string? controller, bool ready = true) => new()
    {
        Ref = new() { ApiVersion = "v1", Kind = "Pod", Namespace = "shop", Name = name, Uid = name + "-uid" },
        Controller = controller is null ? null : new() { Kind = controller, Name = "c", Uid = "c-uid", Controller = true },
        Phase = "Running",
        Conditions = [new("Ready", ready ? ConditionStatus.True : ConditionStatus.False, "", "", null)],
    };

    private static ActionResult Plan(string action, Situation node, params (string Name, string Value)[] parameters) => Plan(action, node, [], parameters);

    private static ActionResult Plan(string action, Situation node, ImmutableArray<Mutation> before, (string Name, string Value)[] parameters)
    {
        IAction found = ActionCatalogue.Find(action)!;
        RunbookStep step = new() { Name = "s", Action = action, With = parameters.ToImmutableSortedDictionary(static p => p.Name, static p => p.Value) };
        return found.Plan(new(Ref, node, RunbookValidator.Parameters(step, found), Sample.Now) { Before = before });
    }

    private static ActionResult.Planned Planned(ActionResult result) => result.Should().BeOfType<ActionResult.Planned>().Subject;

    private static string Refused(ActionResult result) => result.Should().BeOfType<ActionResult.Refused>().Subject.Reason;
}
