using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class SwitchActionTests
{
    private static readonly TargetRef Cron = new() { ApiVersion = "batch/v1", Kind = "CronJob", Namespace = "shop", Name = "report", Uid = "cron-uid" };

    private static readonly TargetRef Import = new() { ApiVersion = "batch/v1", Kind = "Job", Namespace = "shop", Name = "import", Uid = "job-uid" };

    [Theory]
    [InlineData("RolloutPause", false, """{"spec":{"paused":true}}""", """{"spec":{"paused":false}}""", 0)]
    [InlineData("RolloutResume", true, """{"spec":{"paused":false}}""", """{"spec":{"paused":true}}""", 1)]
    [InlineData("SuspendCronJob", false, """{"spec":{"suspend":true}}""", """{"spec":{"suspend":false}}""", 0)]
    [InlineData("ResumeCronJob", true, """{"spec":{"suspend":false}}""", """{"spec":{"suspend":true}}""", 0)]
    [InlineData("SuspendJob", false, """{"spec":{"suspend":true}}""", """{"spec":{"suspend":false}}""", 1)]
    [InlineData("ResumeJob", true, """{"spec":{"suspend":false}}""", """{"spec":{"suspend":true}}""", 0)]
    public void A_switch_is_set_and_its_inverse_sets_it_back(string action, bool present, string forward, string inverse, int disrupted)
    {
        ActionResult.Planned plan = Plan(action, present).Should().BeOfType<ActionResult.Planned>().Subject;
        plan.Forward.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Verb = MutationVerb.MergePatch, Body = forward });
        plan.Inverse.Should().ContainSingle().Which.Body.Should().Be(inverse);
        (plan.DisruptedPods, plan.Irreversible).Should().Be((disrupted, null));
        Plan(action, !present).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.AlreadySet);
    }

    [Theory]
    [InlineData("RolloutPause")]
    [InlineData("RolloutResume")]
    public void Only_a_Deployment_can_be_paused(string action)
    {
        TargetRef database = Sample.Web with { Kind = "StatefulSet" };
        Situation state = new() { Subject = database, Workload = Sample.Workload with { Ref = database } };
        Sample.Plan(ActionCatalogue.Find(action)!, state).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.TargetUnknown);
    }

    [Theory]
    [InlineData("SuspendJob", "Complete")]
    [InlineData("SuspendJob", "Failed")]
    [InlineData("ResumeJob", "Failed")]
    public void A_Job_that_has_ended_is_left_alone(string action, string condition)
    {
        Situation state = Running(false) with { Jobs = [new() { Ref = Import, Conditions = [new(condition, ConditionStatus.True, "", "", null)] }] };
        Sample.Plan(ActionCatalogue.Find(action)!, state).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.JobEnded);
    }

    private static Situation Running(bool isSuspended) => new()
    {
        Subject = Import,
        Jobs = [new() { Ref = Import, Suspended = isSuspended }],
        Pods = isSuspended ? [] : [NodeActionTests.Pod("import-1", null) with { Controller = new() { Kind = "Job", Name = Import.Name, Uid = Import.Uid!, Controller = true } }, NodeActionTests.Pod("other", "ReplicaSet")],
    };

    private static ActionResult Plan(string action, bool present)
    {
        Situation state = action is "SuspendJob" or "ResumeJob" ? Running(present) : action.StartsWith("Rollout", StringComparison.Ordinal)
            ? Sample.Broken with { Workload = Sample.Workload with { Paused = present, ReadyPods = 4 } }
            : new() { Subject = Cron, CronJob = new() { Ref = Cron, Suspended = present } };
        return Sample.Plan(ActionCatalogue.Find(action)!, state);
    }
}
