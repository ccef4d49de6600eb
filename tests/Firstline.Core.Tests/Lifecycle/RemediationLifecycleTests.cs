using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class RemediationLifecycleTests
{
    [Fact]
    public void Decide_records_the_intent_then_executes_then_verifies_then_ends()
    {
        RemediationWalk walk = new(Sample.Request());
        walk.Step().Should().BeOfType<NextStep.RecordIntent>();
        walk.Request.Status!.Steps.Should().ContainSingle().Which.State.Should().Be(StepState.Intended);
        walk.Request.Status.Verification!.ReadyPodsBefore.Should().Be(3);
        Stage(walk).Should().Be("Executing");

        walk.Step().Should().BeOfType<NextStep.Execute>();
        walk.Request.Status.Steps[0].Should().BeEquivalentTo(new { State = StepState.Applied, AppliedAt = Sample.Now, Generation = 3L });
        Stage(walk).Should().Be("Verifying");

        walk.Situation = Sample.Healthy;
        walk.Incident = Sample.With(SignalState.Resolved);
        walk.Step().Should().BeOfType<NextStep.Verify>();
        walk.Now = Sample.Now.AddSeconds(30);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Succeeded);
        Stage(walk).Should().Be("Succeeded");
        Condition(walk, ConditionTypes.Succeeded).Status.Should().Be(ConditionStatus.True);
        Condition(walk, ConditionTypes.Verified).Status.Should().Be(ConditionStatus.True);
        walk.Request.Status.Conditions.Should().NotContain(c => c.Type == ConditionTypes.Reconciling);
        walk.Step().Should().BeOfType<NextStep.Settled>();
    }

    [Fact]
    public void Decide_waits_for_approval_with_the_command_to_type()
    {
        RemediationWalk walk = new(Sample.Request(L2)) { Runbook = L2.Runbooks[0] };
        walk.Step().Should().BeOfType<NextStep.Wait>();
        RemediationRequestStatus status = walk.Request.Status!;
        status.Stage.Should().Be("AwaitingApproval");
        status.Approval.Should().Be("needed");
        status.Gate.Should().Be("Approval");
        status.Gates.Should().ContainSingle("what is open must not bury what is closed").Which.Limit.Should().Be("1 approval");
        status.OpenGates.Should().Contain("Cooldown: the target was not changed of late (limit 15m)").And.Contain("BlastRadius: the plan may stop 0 of 3 ready pods (limit 1 pod)");
        status.OpenGates[^1].Should().StartWith("also open: Policy, KillSwitch, Leadership, ");
        GateChain.Forward.Select(static g => g.Name).Where(name => !status.OpenGates.Any(line => line.StartsWith($"{name}: ", StringComparison.Ordinal) || line.Contains($" {name}", StringComparison.Ordinal)))
            .Should().Equal("Approval");
        status.Steps.Should().BeEmpty();
        status.NextStep.Should().Contain($"kubectl annotate remreq {walk.Request.Metadata.Name} -n shop firstline.dev/approved=\"<your user name>\" firstline.dev/approved-groups=\"<your group>\" (");
        Condition(walk, ConditionTypes.Stalled).Reason.Should().Be(GateReasons.ApprovalRequired);

        RemediationWalk approved = new(walk.Request.Annotated(AnnotationNames.Approved, "ann")) { Runbook = L2.Runbooks[0] };
        approved.Step().Should().BeOfType<NextStep.RecordIntent>();
        approved.Request.Status!.Approvals.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { User = "ann", Identity = ApprovalIdentity.Verified, approved.Request.Spec.PlanHash });
        approved.Request.Status.Approval.Should().Be("by ann");
    }

    [Theory]
    [InlineData("refused by a human", RemediationOutcome.Rejected)]
    [InlineData("too late", RemediationOutcome.Expired)]
    [InlineData("healed itself", RemediationOutcome.NoActionRequired)]
    [InlineData("changed", RemediationOutcome.Stale)]
    public void Decide_ends_a_refused_request_before_anything_is_sent(string situation, RemediationOutcome outcome)
    {
        RemediationWalk walk = new(situation == "refused by a human" ? Sample.Request().Annotated(AnnotationNames.Rejected, "no") : Sample.Request());
        walk.Now = situation == "too late" ? Sample.Now.AddHours(5) : Sample.Now;
        walk.Incident = situation == "healed itself" ? Sample.With(SignalState.Resolved) : Sample.Incident;
        walk.Situation = situation == "changed" ? Sample.Healthy : Sample.Broken;
        walk.Step().Should().BeOfType<NextStep.Conclude>(situation).Which.Outcome.Should().Be(outcome, situation);
        walk.Request.Status!.Steps.Should().BeEmpty();
        walk.Request.Status.Stage.Should().Be(outcome.ToString());
    }

    [Fact]
    public void Decide_rolls_back_what_did_not_help_and_hands_over()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(2);
        walk.Now = Sample.Now.AddMinutes(5);
        walk.Situation = Sample.StillBroken;
        walk.Step().Should().BeOfType<NextStep.RecordIntent>().Which.Direction.Should().Be(PlanDirection.Inverse);
        walk.Request.Status!.Verification!.Result.Should().Be(VerificationResult.Unchanged, "what a look decides and what follows from it is one write");
        Stage(walk).Should().Be("RollingBack");
        walk.Step().Should().BeOfType<NextStep.Execute>().Which.Direction.Should().Be(PlanDirection.Inverse);
        walk.Request.Status!.Steps[0].State.Should().Be(StepState.RolledBack);
        walk.Step().Should().BeOfType<NextStep.VerifyRollback>("what was undone is looked at, too");
        Stage(walk).Should().Be("RollingBack");
        walk.Request.Status.NextStep.Should().StartWith("Undone; verifies that the target is as before: ");
        walk.Now = walk.Now.AddSeconds(30);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.RolledBack);
        walk.Request.Status.Rollback!.Result.Should().Be(VerificationResult.Recovered);
        walk.Request.Status.Verification.Result.Should().Be(VerificationResult.Unchanged, "the change itself did not help");
        Condition(walk, ConditionTypes.Executed).Reason.Should().Be(Reasons.RolledBack);
        Stage(walk).Should().Be("RolledBack");
    }

    [Theory]
    [InlineData("fewer pods are ready than before", "2 pods ready, 3 before the change")]
    [InlineData("it can't be seen", "can't be seen")]
    public void Decide_calls_a_rollback_failed_when_the_target_is_not_as_before(string situation, string seen)
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(2);
        walk.Now = Sample.Now.AddMinutes(5);
        walk.Situation = Sample.StillBroken;
        walk.Steps(3).Request.Status!.Rollback!.Result.Should().Be(VerificationResult.Pending);
        walk.Situation = situation == "it can't be seen" ? null : Sample.StillBroken with { Workload = Sample.StillBroken.Workload! with { ReadyPods = 2 } };
        walk.Now = walk.Now.AddMinutes(5);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Should().BeEquivalentTo(
            new { Outcome = RemediationOutcome.RollbackFailed, Reason = Reasons.RollbackFailed }, situation);
        Stage(walk).Should().Be("RollbackFailed");
        walk.Request.Status!.NextStep.Should().StartWith("Handed over to humans: ").And.Contain(seen);
    }

    [Fact]
    public void Decide_takes_the_fewer_ready_pods_of_plan_and_intent_for_those_before_the_change()
    {
        RemediationRequest planned = Sample.Request();
        RemediationPlan plan = planned.Spec.Plan with { BlastRadius = planned.Spec.Plan.BlastRadius with { ReadyPods = 2 } };
        planned = planned with { Spec = planned.Spec with { Plan = plan, PlanHash = Core.Planning.PlanHash.Of(plan) } };
        RemediationWalk walk = new RemediationWalk(planned).Steps(2);
        walk.Request.Status!.Verification!.ReadyPodsBefore.Should().Be(3, "a crashing pod was ready at that moment");
        walk.Now = Sample.Now.AddMinutes(5);
        walk.Situation = Sample.StillBroken with { Workload = Sample.StillBroken.Workload! with { ReadyPods = 2 } };
        walk.Steps(3);
        walk.Now = walk.Now.AddMinutes(5);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.RolledBack);
    }

    [Fact]
    public void Decide_does_not_take_up_again_what_was_undone_because_a_gate_refused_the_rest()
    {
        Runbook two = Sample.Change(Sample.Undo, s => s with { Steps = [s.Steps[0], new() { Name = "more", Action = "SetReplicas", With = s.Steps[0].With.Add("replicas", "5") }] });
        RemediationWalk walk = new RemediationWalk(Sample.Request(Sample.Planning with { Runbooks = [two] })) { Runbook = two }.Steps(2);
        walk.Request.Status!.Steps[0].State.Should().Be(StepState.Applied);
        RemediationRequest stopped = walk.Request.Annotated(AnnotationNames.Rejected, "stop");
        walk = new(stopped) { Runbook = two, Situation = Sample.StillBroken };
        walk.Steps(2).Request.Status!.Steps[0].State.Should().Be(StepState.RolledBack);
        walk = new(walk.Request with { Metadata = stopped.Metadata with { Annotations = Sample.Request().Metadata.Annotations } }) { Runbook = two, Situation = Sample.StillBroken };
        walk.Step().Should().BeOfType<NextStep.VerifyRollback>("the refusal was withdrawn too late");
        walk.Now = walk.Now.AddSeconds(30);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.RolledBack);
    }

    [Fact]
    public void Decide_leaves_things_as_they_are_where_the_runbook_says_so_or_nothing_can_be_undone()
    {
        Runbook escalates = Sample.Change(Sample.Undo, s => s with { OnFailure = FailureAction.Escalate });
        Failed(escalates).Should().Be((RemediationOutcome.Failed, Reasons.NotRolledBack));
        Runbook restart = Sample.Change(Sample.Undo, s => s with { Steps = [new() { Name = "undo", Action = "RolloutRestart" }] });
        Failed(restart).Should().Be((RemediationOutcome.Failed, Reasons.NotRolledBack));
    }

    [Theory]
    [InlineData("changed in between", RemediationOutcome.Stale, Reasons.StepDrifted)]
    [InlineData("refused by the API server", RemediationOutcome.Failed, Reasons.StepRefused)]
    public void Decide_ends_when_the_first_step_is_not_carried_out(string situation, RemediationOutcome outcome, string reason)
    {
        RemediationWalk walk = new(Sample.Request());
        walk.World = _ => situation == "changed in between" ? new StepOutcome.Drifted("generation 9") : new StepOutcome.Refused("forbidden");
        walk.Steps(2).Request.Status!.Steps[0].State.Should().Be(StepState.Failed);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Should().BeEquivalentTo(new { Outcome = outcome, Reason = reason });
    }

    [Fact]
    public void Decide_stops_when_a_rollback_fails()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(2);
        walk.Now = Sample.Now.AddMinutes(5);
        walk.Situation = Sample.StillBroken;
        walk.World = static _ => new StepOutcome.Drifted("somebody changed it");
        walk.Steps(2).Step().Should().BeOfType<NextStep.Conclude>().Which.Should().BeEquivalentTo(
            new { Outcome = RemediationOutcome.RollbackFailed, Reason = Reasons.RollbackFailed });
    }

    [Fact]
    public void Decide_after_a_crash_between_intent_and_write_sends_once()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(1);
        walk.Peek().Should().BeOfType<NextStep.Execute>("the intent is stored, the change is not known to have been made");
        walk.Peek().Should().BeOfType<NextStep.Execute>();
    }

    [Fact]
    public void Decide_after_a_crash_only_looks_when_a_gate_has_closed_since()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(1);
        walk.Policy = Sample.Policy with { Suspended = true };
        walk.World = static _ => new StepOutcome.NotApplied();
        walk.Step().Should().BeOfType<NextStep.Recognise>();
        walk.Request.Status!.Steps.Should().BeEmpty("it was not sent, so it is not under way any more");
        walk.Request.Status.Verification.Should().BeNull("what was seen before the intent is old when the step is taken up again");
        walk.Step().Should().BeOfType<NextStep.Wait>();

        RemediationWalk sent = new RemediationWalk(Sample.Request()).Steps(1);
        sent.Situation = Sample.Healthy;   // the write went through: the target has changed, and the drift gate says so
        sent.Step().Should().BeOfType<NextStep.Recognise>();
        sent.Request.Status!.Steps[0].State.Should().Be(StepState.Applied);
        sent.Step().Should().BeOfType<NextStep.Verify>();
    }

    [Fact]
    public void Decide_does_not_send_an_old_intent_after_the_trouble_is_over()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(1);
        walk.Incident = Sample.With(SignalState.Resolved);
        walk.Now = Sample.Now.AddHours(6);
        walk.World = static _ => new StepOutcome.NotApplied();
        walk.Step().Should().BeOfType<NextStep.Recognise>();
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Expired);
    }

    [Fact]
    public void Decide_holds_a_rollback_while_the_kill_switch_is_on()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(2);
        walk.Now = Sample.Now.AddMinutes(5);
        walk.Situation = Sample.StillBroken;
        walk.Policy = Sample.Policy with { Suspended = true };
        walk.Step().Should().BeOfType<NextStep.Wait>().Which.Obstacle.Reason.Should().Be(GateReasons.Suspended);
        walk.Request.Status!.Verification!.Result.Should().Be(VerificationResult.Unchanged, "what was decided stays decided while the rollback waits");
        walk.Policy = Sample.Policy;
        walk.Step().Should().BeOfType<NextStep.RecordIntent>();
    }

    [Fact]
    public void Report_of_the_same_look_is_the_same_status()
    {
        RemediationWalk walk = new(Sample.Request(L2)) { Runbook = L2.Runbooks[0] };
        string once = Json(walk.Steps(1).Request.Status!);
        walk.Now = Sample.Now.AddSeconds(7);
        Json(walk.Steps(1).Request.Status!).Should().Be(once, "otherwise every look would be a write");
    }

    [Fact]
    public void Report_of_a_wait_moves_with_what_is_waited_for_and_not_with_the_clock()
    {
        GateVerdict closed = new() { Name = "Cooldown", Decision = GateDecision.Closed, Reason = "Cooldown", Message = "too soon", NextEligibleTime = Sample.Now.AddMinutes(9) };
        string[] texts = [.. new[] { 5, 10 }.Select(s => Text(Sample.Now.AddSeconds(s)))];
        texts[0].Should().Be(texts[1]).And.Contain("2026-11-20 12:09:00Z");

        string Text(DateTimeOffset until) =>
            RemediationReport.ToStatus(Sample.View, new(new NextStep.Wait(closed, until), [closed]), new StepOutcome.None(), Sample.Now).NextStep!;
    }

    private static readonly Firstline.Core.Planning.PlanningInput L2 =
        Sample.Planning with { Runbooks = [Sample.Change(Sample.Undo, s => s with { Level = RemediationLevel.L2 })] };

    private static string Json(RemediationRequestStatus status) =>
        System.Text.Json.JsonSerializer.Serialize(status, FirstlineJson.Of<RemediationRequestStatus>());

    private static (RemediationOutcome Outcome, string Reason) Failed(Runbook runbook)
    {
        RemediationRequest request = Sample.Request(Sample.Planning with { Runbooks = [runbook] });
        request = request.With(s => s with
        {
            Steps = [Sample.Step(StepState.Applied, Sample.Now)],
            Verification = new() { Result = VerificationResult.Unchanged, Checks = [new() { Name = "TargetHealthy", Message = "1 of 4" }] },
        });
        NextStep.Conclude end = new RemediationWalk(request).Step().Should().BeOfType<NextStep.Conclude>().Subject;
        return (end.Outcome, end.Reason);
    }

    private static string? Stage(RemediationWalk walk) => walk.Request.Status!.Stage;

    private static Condition Condition(RemediationWalk walk, string type) => walk.Request.Status!.Conditions.Single(c => c.Type == type);
}
