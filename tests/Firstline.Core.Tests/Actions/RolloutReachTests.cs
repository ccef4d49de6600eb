using Firstline.Core.Actions;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class RolloutReachTests
{
    public static TheoryData<string> Rollouts => ["RolloutRestart", "RolloutUndo", "SetResources"];

    [Theory]
    [MemberData(nameof(Rollouts))]
    public void A_rollout_that_would_reach_no_pod_is_refused(string action)
    {
        Refusal(action, Sample.Workload with { UpdateStrategy = "OnDelete" }).Should().Match<ActionResult.Refused>(
            static r => r.Reason == ActionReasons.RolloutOnDelete && r.Message.Contains("updateStrategy OnDelete"));
        Refusal(action, Sample.Workload with { Paused = true }).Reason.Should().Be(ActionReasons.RolloutPaused);
    }

    [Theory]
    [MemberData(nameof(Rollouts))]
    public void A_rollout_that_would_reach_some_pods_is_refused_with_their_number(string action)
    {
        Refusal(action, Sample.Workload with { Partition = 3 }).Should().Match<ActionResult.Refused>(
            static r => r.Reason == ActionReasons.RolloutPartitioned && r.Message.Contains("reach 1 of its 4 pods"));
        Refusal(action, Sample.Workload with { Partition = 9 }).Message.Should().Contain("reach 0 of its 4 pods");
    }

    private static ActionResult.Refused Refusal(string action, WorkloadFacts workload) =>
        Sample.Plan(ActionCatalogue.Find(action)!, Sample.Broken with { Workload = workload }, null, action == "SetResources" ? [("memoryMax", "1Gi")] : [])
            .Should().BeOfType<ActionResult.Refused>().Subject;
}
