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
    public void DeletePod_deletes_the_oldest_failing_pod_and_says_what_is_lost()
    {
        ActionResult.Planned plan = Plan(Pod("young", 5, true), Pod("old", 9, true), Pod("older-and-well", 60, false)).Should().BeOfType<ActionResult.Planned>().Subject;
        plan.Forward.Should().ContainSingle().Which.Should().Match<Mutation>(static m => m.Verb == MutationVerb.Delete && m.Target.Name == "old" && m.Target.Uid == "old-uid");
        plan.Inverse.Should().BeEmpty();
        plan.Irreversible.Should().Contain("Pod/old").And.Contain("gone for good");
        plan.DisruptedPods.Should().Be(0, "it is not ready");
    }

    [Fact]
    public void DeletePod_counts_a_pod_that_is_ready_between_two_crashes()
    {
        PodFacts pod = Pod("web", 9, true);
        pod = pod with
        {
            Conditions = [new("Ready", ConditionStatus.True, "", "", null)],
            Containers = [pod.Containers[0] with { State = new ContainerState.Running(Sample.Now), LastTermination = new("Error", 1, "", null, Sample.Now.AddMinutes(-1)) }],
        };
        ((ActionResult.Planned)Plan(pod)).DisruptedPods.Should().Be(1);
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
        CreatedAt = Sample.Now.AddMinutes(-minutes),
        Containers = [new() { Name = "app", Ready = !fails, State = fails ? new ContainerState.Waiting("CrashLoopBackOff", "") : new ContainerState.Running(Sample.Now.AddMinutes(-minutes)) }],
    };
}
