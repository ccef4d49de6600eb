using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class DeletePodTests
{
    [Fact]
    public void DeletePod_deletes_the_pod_that_fails_for_longest_and_says_what_is_lost()
    {
        ActionResult.Planned plan = Plan(Pod("young", 5, true), Pod("old", 9, true), Well).Should().BeOfType<ActionResult.Planned>().Subject;
        plan.Forward.Should().ContainSingle().Which.Should().Match<Mutation>(static m => m.Verb == MutationVerb.Delete && m.Target.Name == "old" && m.Target.Uid == "old-uid");
        plan.Inverse.Should().BeEmpty();
        plan.Irreversible.Should().Contain("Pod/old").And.Contain("gone for good");
        plan.DisruptedPods.Should().Be(0, "it is not ready");
    }

    [Fact]
    public void DeletePod_counts_a_pod_that_is_ready_between_two_crashes() => ((ActionResult.Planned)Plan(BetweenTwoCrashes("web", 9), Well)).DisruptedPods.Should().Be(1);

    public static TheoryData<string, PodFacts, PodFacts> Chosen => new()
    {
        { "one that does not serve before an older one that does", Pod("younger", 5, true), BetweenTwoCrashes("older", 60) },
        { "the one that has not been ready for longest, not the older one", Unready(Pod("younger", 5, true), 4), Unready(Pod("older", 60, true), 2) },
        { "one that never was ready by its age", Pod("older", 60, true), Unready(Pod("younger", 30, true), 2) },
    };

    [Theory]
    [MemberData(nameof(Chosen))]
    public void DeletePod_and_EvictPod_end_the_pod_that_fails_most(string situation, PodFacts expected, PodFacts other)
    {
        Situation both = Sample.Broken with { Pods = [other, expected, Well] };
        foreach (IAction action in new IAction[] { new DeletePodAction(), new EvictPodAction() })
        {
            Sample.Plan(action, both).Should().BeOfType<ActionResult.Planned>(situation).Which.Forward[0].Target.Name.Should().Be(expected.Ref.Name, situation);
        }
    }

    [Theory]
    [InlineData("none is there", null, ActionReasons.NoReadySibling)]
    [InlineData("it fails too", "fails", ActionReasons.NoReadySibling)]
    [InlineData("it runs another revision", "other", ActionReasons.NoReadySibling)]
    [InlineData("it goes away", "going", ActionReasons.NoReadySibling)]
    [InlineData("it serves", "well", null)]
    public void DeletePod_asks_for_a_sibling_of_the_same_revision_that_serves(string situation, string? sibling, string? reason)
    {
        PodFacts? other = sibling switch
        {
            "fails" => Pod("other", 60, true),
            "other" => Well with { Labels = Well.Labels.SetItem("pod-template-hash", "b") },
            "going" => Well with { DeletionAt = Sample.Now },
            "well" => Well,
            _ => null,
        };
        ActionResult result = Plan([Pod("web", 9, true), .. other is null ? [] : new[] { other }]);
        ((result as ActionResult.Refused)?.Reason).Should().Be(reason, situation);
        Sample.Plan(new EvictPodAction(), Sample.Broken with { Pods = [Pod("web", 9, true)] }).Should().BeOfType<ActionResult.Planned>("what is stuck on a node is not the fault of its revision");
    }

    private static readonly PodFacts Well = Pod("well", 90, false) with { Conditions = [new("Ready", ConditionStatus.True, "", "", Sample.Now.AddMinutes(-89))] };

    private static PodFacts Unready(PodFacts pod, int minutes) => pod with { Conditions = [new("Ready", ConditionStatus.False, "", "", Sample.Now.AddMinutes(-minutes))] };

    private static PodFacts BetweenTwoCrashes(string name, int minutes)
    {
        PodFacts pod = Pod(name, minutes, true);
        return pod with
        {
            Conditions = [new("Ready", ConditionStatus.True, "", "", null)],
            Containers = [pod.Containers[0] with { State = new ContainerState.Running(Sample.Now), LastTermination = new("Error", 1, "", null, Sample.Now.AddMinutes(-1)) }],
        };
    }

    public static TheoryData<string, PodFacts> NotDeleted => new()
    {
        { "it is well", Pod("web", 9, false) },
        { "it is going away already", Pod("web", 9, true) with { DeletionAt = Sample.Now } },
        { "nobody would make it again", Pod("web", 9, true) with { Controller = null } },
    };

    [Theory]
    [MemberData(nameof(NotDeleted))]
    public void DeletePod_refuses(string situation, PodFacts pod) =>
        Plan(pod).Should().BeOfType<ActionResult.Refused>(situation).Which.Reason.Should().Be(ActionReasons.NoFailingPod, situation);

    private static ActionResult Plan(params ImmutableArray<PodFacts> pods) => Sample.Plan(new DeletePodAction(), Sample.Broken with { Pods = pods });

    private static PodFacts Pod(string name, int minutes, bool fails) => new()
    {
        Ref = new() { ApiVersion = "v1", Kind = "Pod", Namespace = "shop", Name = name, Uid = name + "-uid" },
        Controller = new() { Kind = "ReplicaSet", Name = "web-1" },
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("pod-template-hash", "a"),
        CreatedAt = Sample.Now.AddMinutes(-minutes),
        Containers = [new() { Name = "app", Ready = !fails, State = fails ? new ContainerState.Waiting("CrashLoopBackOff", "") : new ContainerState.Running(Sample.Now.AddMinutes(-minutes)) }],
    };
}
