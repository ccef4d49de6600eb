using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class StepFailureTests
{
    // Two steps; the one that is named fails, and its onFailure says what then.
    [Theory]
    [InlineData("the second fails: undo the first", "more", StepFailureAction.RollBack, RemediationOutcome.RolledBack, StepState.RolledBack)]
    [InlineData("the second fails: leave the first", "more", StepFailureAction.Escalate, RemediationOutcome.Failed, StepState.Applied)]
    [InlineData("the second fails: see whether the first is enough", "more", StepFailureAction.Stop, RemediationOutcome.Succeeded, StepState.Applied)]
    [InlineData("the second fails: go on", "more", StepFailureAction.Continue, RemediationOutcome.Succeeded, StepState.Applied)]
    [InlineData("the second fails: what the runbook says", "more", null, RemediationOutcome.RolledBack, StepState.RolledBack)]
    [InlineData("the first fails: nothing to undo", "undo", StepFailureAction.RollBack, RemediationOutcome.Failed, StepState.Failed)]
    [InlineData("the first fails: hand over", "undo", StepFailureAction.Escalate, RemediationOutcome.Failed, StepState.Failed)]
    [InlineData("the first fails: nothing to verify", "undo", StepFailureAction.Stop, RemediationOutcome.Failed, StepState.Failed)]
    [InlineData("the first fails: go on with the second", "undo", StepFailureAction.Continue, RemediationOutcome.Succeeded, StepState.Failed)]
    public void Decide_does_after_a_failed_step_what_the_step_says(string situation, string failing, StepFailureAction? action, RemediationOutcome outcome, StepState first)
    {
        RemediationWalk walk = Play(failing, action, isHealed: outcome == RemediationOutcome.Succeeded);
        RemediationRequestStatus status = walk.Request.Status!;
        status.Outcome.Should().Be(outcome, situation);
        status.Steps.Single(static s => s.Name == "undo").State.Should().Be(first, situation);
        (status.Steps.Any(static s => s is { Name: "more", State: StepState.Applied })).Should().Be(failing == "undo" && action == StepFailureAction.Continue, situation);
    }

    [Fact]
    public void What_was_left_out_is_told_when_it_helped_without_it()
    {
        RemediationRequestStatus status = Play("more", StepFailureAction.Stop, isHealed: true).Request.Status!;
        status.NextStep.Should().Be("It helped; look at what was not done; step more failed: forbidden.");
        Condition executed = status.Conditions.Single(static c => c.Type == ConditionTypes.Executed);
        (executed.Reason, executed.Message).Should().Be((Reasons.ExecutedInPart, "1 of 2 steps done; step more failed: forbidden"));
    }

    [Fact]
    public void What_stays_is_told_when_nothing_is_undone() =>
        Play("more", StepFailureAction.Escalate, isHealed: false).Request.Status!.NextStep.Should()
            .StartWith("Handed over to humans: step more failed: forbidden; the runbook leaves things as they are; what stays: undo (");

    [Fact]
    public void A_rollback_that_did_not_help_follows_the_runbook_when_a_step_was_passed_over()
    {
        RemediationWalk walk = Play("more", StepFailureAction.Continue, isHealed: false);
        walk.Request.Status!.Outcome.Should().Be(RemediationOutcome.RolledBack);
        walk.Request.Status.Verification!.Result.Should().Be(VerificationResult.Unchanged);
    }

    [Theory]
    [InlineData(StepFailureAction.Continue)]
    [InlineData(StepFailureAction.Stop)]
    public void A_deletion_undoes_what_was_done_and_goes_on_with_nothing(StepFailureAction action)
    {
        RemediationWalk walk = Begin("more", action, out Runbook runbook).Steps(4);
        walk.Request.Status!.Steps.Should().Contain(static s => s.State == StepState.Failed);
        walk = new(walk.Request with { Metadata = walk.Request.Metadata with { DeletionTimestamp = walk.Now } }) { Runbook = runbook, Situation = Sample.StillBroken };
        walk.Step().Should().BeOfType<NextStep.RecordIntent>().Which.Direction.Should().Be(PlanDirection.Inverse);
        walk.Steps(1).Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.TakenBack);
    }

    [Theory]
    [InlineData("its target changed")]
    [InlineData("it healed")]
    [InlineData("a human closed its incident")]
    public void What_failed_halfway_and_was_passed_over_has_begun(string situation)
    {
        RemediationWalk walk = Begin("undo", StepFailureAction.Continue, out _);
        walk.World = static _ => new StepOutcome.Failed("JobFailed", "exit code 3");
        walk.Steps(2).Request.Status!.Steps.Should().ContainSingle(static s => s.State == StepState.Failed && s.StartedAt != null);
        walk.Situation = situation == "its target changed" ? Sample.StillBroken : Sample.Broken;
        walk.Incident = situation switch { "it healed" => Sample.With(SignalState.Resolved), "its target changed" => Sample.Incident, _ => Closed(Sample.Incident) };
        walk.Step().Should().BeOfType<NextStep.Conclude>(situation).Which.Should().BeEquivalentTo(new { Outcome = RemediationOutcome.Failed, Reason = Reasons.NotRolledBack });
    }

    [Fact]
    public void A_plan_that_drifted_before_another_step_was_half_done_is_not_stale()
    {
        RemediationWalk walk = Begin("undo", StepFailureAction.Continue, out _, StepFailureAction.Stop);
        walk.World = static step => step is NextStep.Execute { Step.Name: "undo" } ? new StepOutcome.Drifted("somebody changed it") : new StepOutcome.Failed("JobFailed", "exit code 3");
        walk.Steps(4).Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Failed);
    }

    private static Incident Closed(Incident incident) =>
        incident with { Metadata = incident.Metadata with { Annotations = incident.Metadata.Annotations.SetItem(AnnotationNames.Resolved, "done by hand") } };

    private static RemediationWalk Play(string failing, StepFailureAction? action, bool isHealed)
    {
        RemediationWalk walk = Begin(failing, action, out _);
        for (int steps = 0; walk.Request.Status?.Outcome is null; steps++)
        {
            steps.Should().BeLessThan(20, "it has to end");
            NextStep step = walk.Step();
            bool isChanged = walk.Request.Status!.Steps.Any(static s => s.AppliedAt is not null);
            (walk.Situation, walk.Incident) = !isChanged ? (Sample.Broken, Sample.Incident)
                : isHealed && step is NextStep.Verify ? (Sample.Healthy, Sample.With(SignalState.Resolved)) : (Sample.StillBroken, Sample.Incident);
            walk.Now += step is NextStep.Verify or NextStep.VerifyRollback ? TimeSpan.FromMinutes(isHealed ? 1 : 5) : TimeSpan.Zero;
        }

        return walk;
    }

    private static RemediationWalk Begin(string failing, StepFailureAction? action, out Runbook runbook, StepFailureAction? other = null)
    {
        RunbookStep undo = new() { Name = "undo", Action = "RolloutUndo" };
        RunbookStep more = new() { Name = "more", Action = "SetReplicas", With = undo.With.Add("replicas", "5") };
        runbook = Sample.Change(Sample.Undo, s => s with { Steps = [undo with { OnFailure = failing == "undo" ? action : other }, more with { OnFailure = failing == "more" ? action : other }] });
        return new(Sample.Request(Sample.Planning with { Runbooks = [runbook] }))
        {
            Runbook = runbook,
            World = step => step is NextStep.Execute { Direction: PlanDirection.Forward, Step.Name: var name } && name == failing ? new StepOutcome.Refused("forbidden") : new StepOutcome.Applied(3, null, "done"),
        };
    }
}
