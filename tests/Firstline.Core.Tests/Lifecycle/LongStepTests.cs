using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

/// <summary>Steps that take more than one request: evictions that wait for a budget, a Job that runs.</summary>
public sealed class LongStepTests
{
    private const string Half = "1 of 2 pods evicted";

    [Fact]
    public void A_step_goes_on_until_it_is_done()
    {
        RemediationWalk walk = Begun();
        walk.World = static _ => new StepOutcome.Waiting(Half, TimeSpan.Zero);
        walk.Step().Should().BeOfType<NextStep.Execute>();
        walk.Step().Should().BeOfType<NextStep.Execute>();
        StepRecord record = walk.Request.Status!.Steps[0];
        (record.State, record.AppliedAt, record.StartedAt, record.Message).Should().Be((StepState.Intended, null, Sample.Now, Half));
        walk.Request.Status.NextStep.Should().Be($"Goes on with step undo: {Half}.");

        walk.World = static _ => new StepOutcome.Applied(3, null, "done") { Output = "all is well" };
        walk.Step().Should().BeOfType<NextStep.Execute>();
        walk.Request.Status!.Steps[0].Should().BeEquivalentTo(new { State = StepState.Applied, Output = "all is well" });
    }

    [Fact]
    public void What_takes_several_changes_to_take_back_goes_on_until_it_is_done()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(2);
        walk.Now = Sample.Now.AddMinutes(5);
        walk.Situation = Sample.StillBroken;
        walk.Step().Should().BeOfType<NextStep.RecordIntent>();
        walk.World = static _ => new StepOutcome.Waiting("1 of 2 changes were made", TimeSpan.Zero);
        walk.Step().Should().BeOfType<NextStep.Execute>().Which.Direction.Should().Be(PlanDirection.Inverse);
        walk.Request.Status!.Steps[0].Should().BeEquivalentTo(new { State = StepState.RollingBack, Message = "1 of 2 changes were made" });
        walk.World = static _ => new StepOutcome.Applied(3, null, "done");
        walk.Step().Should().BeOfType<NextStep.Execute>();
        walk.Request.Status!.Steps[0].State.Should().Be(StepState.RolledBack);
    }

    [Fact]
    public void A_step_that_takes_too_long_fails_with_what_was_done()
    {
        RemediationWalk walk = Begun();
        walk.World = static _ => new StepOutcome.Waiting(Half, TimeSpan.Zero);
        walk.Now = Sample.Now.AddMinutes(10);
        walk.Step().Should().BeOfType<NextStep.Recognise>();
        walk.Request.Status!.Steps[0].Should().BeEquivalentTo(new { State = StepState.Failed, Reason = Reasons.StepTimedOut, Message = Half, StartedAt = walk.Now, FailedAt = walk.Now });
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Should().BeEquivalentTo(new { Outcome = RemediationOutcome.Failed, Reason = Reasons.StepTimedOut });
    }

    [Fact]
    public void A_step_of_which_nothing_was_done_in_its_time_is_not_tried_for_ever()
    {
        RemediationWalk walk = Begun();
        walk.World = static _ => new StepOutcome.NotApplied();
        walk.Now = Sample.Now.AddMinutes(10);
        walk.Step();
        walk.Request.Status!.Steps[0].Should().BeEquivalentTo(new { State = StepState.Failed, Reason = Reasons.StepTimedOut, StartedAt = (DateTimeOffset?)null });
    }

    [Fact]
    public void A_step_that_waits_before_its_first_piece_has_changed_nothing()
    {
        RemediationWalk walk = Begun();
        walk.World = static _ => new StepOutcome.Waiting("0 of 2 pods evicted; its budget allows none", TimeSpan.Zero) { IsUntouched = true };
        walk.Step().Should().BeOfType<NextStep.Execute>();
        walk.Request.Status!.Steps[0].StartedAt.Should().BeNull();
        Progress.HasBegun(walk.Request).Should().BeFalse();
    }

    [Theory]
    [InlineData("healed meanwhile")]
    [InlineData("closed by a human")]
    public void A_Job_that_runs_is_followed_to_its_end(string situation)
    {
        RemediationWalk walk = Begun(step => step with { Forward = [new() { Verb = MutationVerb.Create, Target = new() { Kind = "Job", Name = "again" } }, .. step.Forward] });
        walk.World = static _ => new StepOutcome.Waiting("Job/again runs", TimeSpan.Zero);
        walk.Step().Should().BeOfType<NextStep.Execute>();
        walk.Incident = situation == "healed meanwhile" ? Sample.With(SignalState.Resolved) : ClosedByHand(Sample.Incident);
        walk.World = static _ => new StepOutcome.Applied(null, null, "Job/again succeeded");
        walk.Step().Should().BeOfType<NextStep.Execute>(situation);
        walk.Request.Status!.Steps[0].State.Should().Be(StepState.Applied);
    }

    [Fact]
    public void What_was_half_done_on_an_object_that_changed_then_is_no_stale_plan()
    {
        RemediationWalk walk = Begun();
        walk.World = static _ => new StepOutcome.Waiting(Half, TimeSpan.Zero);
        walk.Step();
        walk.World = static _ => new StepOutcome.Drifted("somebody changed it");
        walk.Steps(1).Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Failed);
    }

    [Fact]
    public void A_step_whose_end_came_with_its_time_limit_counts_as_done()
    {
        RemediationWalk walk = Begun();
        walk.Now = Sample.Now.AddMinutes(10);
        walk.Step().Should().BeOfType<NextStep.Recognise>();
        walk.Request.Status!.Steps[0].State.Should().Be(StepState.Applied);
    }

    [Fact]
    public void A_closed_gate_holds_the_rest_and_does_not_forget_the_part()
    {
        RemediationWalk walk = Begun();
        walk.World = static _ => new StepOutcome.Waiting(Half, TimeSpan.Zero);
        walk.Policy = Sample.Policy with { Suspended = true };
        walk.Step().Should().BeOfType<NextStep.Recognise>().Which.GiveUp.Should().BeNull();
        walk.Request.Status!.Steps[0].Should().BeEquivalentTo(new { State = StepState.Intended, Message = Half });

        walk.Policy = Sample.Policy;
        walk.Step().Should().BeOfType<NextStep.Execute>();
    }

    [Theory]
    [InlineData("healed")]
    [InlineData("deleted")]
    public void What_is_refused_halfway_ends_with_what_was_done(string situation)
    {
        RemediationWalk walk = Begun(deleted: situation == "deleted");
        walk.World = static _ => new StepOutcome.Waiting(Half, TimeSpan.Zero);
        walk.Incident = situation == "healed" ? Sample.With(SignalState.Resolved) : Sample.Incident;
        walk.Step().Should().BeOfType<NextStep.Recognise>();
        walk.Request.Status!.Steps[0].Should().BeEquivalentTo(new { State = StepState.Failed, Reason = Reasons.StepStopped, Message = Half });
    }

    [Fact]
    public void A_failed_step_keeps_what_it_put_out()
    {
        RemediationWalk walk = Begun();
        walk.World = static _ => new StepOutcome.Failed("JobFailed", "exit code 3") { Output = "disk full" };
        walk.Step();
        walk.Request.Status!.Steps[0].Should().BeEquivalentTo(new { State = StepState.Failed, Reason = "JobFailed", Message = "exit code 3", Output = "disk full" });
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Message.Should().Be("step undo did not succeed: exit code 3");
    }

    private static Incident ClosedByHand(Incident incident) =>
        incident with { Metadata = incident.Metadata with { Annotations = incident.Metadata.Annotations.SetItem(AnnotationNames.Resolved, "done by hand") } };

    private static RemediationWalk Begun(Func<PlannedStep, PlannedStep>? change = null, bool deleted = false)
    {
        RemediationRequest request = Sample.Request();
        PlannedStep step = request.Spec.Plan.Steps[0] with { Timeout = Duration.From(TimeSpan.FromMinutes(10)) };
        step = change?.Invoke(step) ?? step;
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { Steps = [step] } } };
        request = request with { Spec = request.Spec with { PlanHash = Core.Planning.PlanHash.Of(request.Spec.Plan) } };
        RemediationWalk walk = new(request);
        walk.Step().Should().BeOfType<NextStep.RecordIntent>();
        return deleted ? new RemediationWalk(walk.Request with { Metadata = walk.Request.Metadata with { DeletionTimestamp = Sample.Now } }) : walk;
    }
}
