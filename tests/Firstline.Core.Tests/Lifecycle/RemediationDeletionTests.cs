using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class RemediationDeletionTests
{
    [Fact]
    public void Decide_cancels_what_has_changed_nothing()
    {
        RemediationWalk walk = new(Deleted(Sample.Request()));
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Should().BeEquivalentTo(new { Outcome = RemediationOutcome.Cancelled, Reason = Reasons.RequestDeleted });
        walk.Step().Should().BeOfType<NextStep.Settled>();
    }

    [Fact]
    public void Decide_looks_whether_an_intent_was_sent_before_it_cancels()
    {
        RemediationWalk walk = new(Deleted(new RemediationWalk(Sample.Request()).Steps(1).Request)) { World = static _ => new StepOutcome.NotApplied() };
        walk.Step().Should().BeOfType<NextStep.Recognise>();
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Cancelled);
    }

    [Fact]
    public void Decide_takes_back_what_an_intent_turns_out_to_have_changed()
    {
        RemediationWalk walk = new(Deleted(new RemediationWalk(Sample.Request()).Steps(1).Request));
        walk.Step().Should().BeOfType<NextStep.Recognise>();
        walk.Step().Should().BeOfType<NextStep.RecordIntent>().Which.Direction.Should().Be(PlanDirection.Inverse);
        walk.Step().Should().BeOfType<NextStep.Execute>().Which.Direction.Should().Be(PlanDirection.Inverse);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Should().BeEquivalentTo(new { Outcome = RemediationOutcome.TakenBack, Reason = Reasons.TakenBack });
        walk.Request.Status!.Stage.Should().Be("TakenBack");
    }

    [Theory]
    [InlineData("nobody knew yet whether it helped", VerificationResult.Pending, RemediationOutcome.TakenBack)]
    [InlineData("it had not helped and was being undone anyway", VerificationResult.Unchanged, RemediationOutcome.RolledBack)]
    [InlineData("it had made things worse", VerificationResult.Worse, RemediationOutcome.RolledBack)]
    public void Decide_tells_what_a_human_took_back_from_what_did_not_help(string situation, VerificationResult verified, RemediationOutcome expected)
    {
        RemediationWalk walk = new(Executed(Sample.Undo).Steps(2).Request.With(s => s with { Verification = new() { Result = verified } }));
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(expected, situation);
        RemediationWalk late = new(walk.Request.With(static s => s with { Outcome = null })) { Now = Sample.Now + RemediationDeletion.Limit };
        late.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(expected, "the same when the time is over");
    }

    [Theory]
    [InlineData("the runbook leaves things as they are")]
    [InlineData("there is nothing that could be undone")]
    [InlineData("could not be undone")]
    [InlineData("its namespace is being deleted")]
    [InlineData("could not be taken back within 10 minutes")]
    public void Decide_records_what_stays(string why)
    {
        RemediationWalk walk = Executed(why switch
        {
            "the runbook leaves things as they are" => Sample.Change(Sample.Undo, static s => s with { OnFailure = FailureAction.Escalate }),
            "there is nothing that could be undone" => Sample.Change(Sample.Undo, static s => s with { Steps = [new() { Name = "undo", Action = "RolloutRestart" }] }),
            _ => Sample.Undo,
        });
        walk.IsNamespaceEnding = why == "its namespace is being deleted";
        walk.Now = why.Contains("10 minutes", StringComparison.Ordinal) ? Sample.Now + RemediationDeletion.Limit : Sample.Now;
        walk.World = static _ => new StepOutcome.Drifted("somebody changed it");
        NextStep.Conclude end = walk.Steps(why == "could not be undone" ? 2 : 0).Step().Should().BeOfType<NextStep.Conclude>(why).Subject;
        end.Outcome.Should().Be(RemediationOutcome.Orphaned);
        end.Message.Should().Contain(why).And.Contain(walk.Request.Spec.Plan.Summary, "people have to know what stays");
        walk.Request.Status!.Stage.Should().Be("Orphaned");
    }

    [Theory]
    [InlineData("half of it was done", true, RemediationOutcome.Orphaned)]
    [InlineData("it failed before anything was done", false, RemediationOutcome.Cancelled)]
    public void Decide_does_not_call_what_is_half_done_nothing(string situation, bool isBegun, RemediationOutcome expected)
    {
        StepRecord failed = Sample.Step(StepState.Failed) with { Reason = Reasons.StepStopped, StartedAt = isBegun ? Sample.Now : null };
        RemediationWalk walk = new(Deleted(Sample.Request().With(s => s with { Steps = [failed] }))) { IsNamespaceEnding = true };
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(expected, situation);
    }

    [Fact]
    public void Decide_waits_for_the_gates_of_the_inverse_no_longer_than_the_limit()
    {
        RemediationWalk walk = Executed(Sample.Undo);
        walk.Policy = Sample.Policy with { Suspended = true };
        NextStep.Wait wait = walk.Step().Should().BeOfType<NextStep.Wait>().Subject;
        wait.Obstacle.Reason.Should().Be(GateReasons.Suspended);
        wait.Until.Should().Be(Sample.Now + RemediationDeletion.Limit);
        walk.Now = Sample.Now + RemediationDeletion.Limit;
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Orphaned);
    }

    [Fact]
    public void Decide_ends_a_rollback_under_way_at_the_limit()
    {
        RemediationWalk walk = Executed(Sample.Undo).Steps(1);
        walk.Now = Sample.Now + RemediationDeletion.Limit;
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Orphaned);
    }

    [Fact]
    public void Decide_leaves_alone_what_was_verified_to_have_helped()
    {
        RemediationWalk walk = Executed(Sample.Undo);
        RemediationWalk helped = new(walk.Request.With(static s => s with { Verification = new() { Result = VerificationResult.Recovered } }));
        helped.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Succeeded);
    }

    [Theory]
    [InlineData("no incident", true)]
    [InlineData("it does not know", false)]
    [InlineData("it does not know, for too long", true)]
    [InlineData("it knows", true)]
    [InlineData("it is over", true)]
    [InlineData("it is being deleted", true)]
    [InlineData("nobody deletes the request", true)]
    public void MayGo_waits_until_the_incident_records_the_end(string situation, bool expected)
    {
        RemediationRequest ended = Executed(Sample.Undo).Request.With(static s => s with { Outcome = RemediationOutcome.Orphaned });
        ended = situation == "nobody deletes the request" ? ended with { Metadata = ended.Metadata with { DeletionTimestamp = null } } : ended;
        Incident incident = Sample.Incident;
        Incident? now = situation switch
        {
            "no incident" => null,
            "it knows" => incident with { Status = incident.Status! with { Remediations = [new() { Name = ended.Metadata.Name, Outcome = RemediationOutcome.Orphaned }] } },
            "it is over" => incident with { Status = incident.Status! with { Conditions = [new() { Type = ConditionTypes.Resolved, Status = Api.Meta.ConditionStatus.True }] } },
            "it is being deleted" => incident with { Metadata = incident.Metadata with { DeletionTimestamp = Sample.Now } },
            _ => incident,
        };
        DateTimeOffset at = situation.EndsWith("too long", StringComparison.Ordinal) ? Sample.Now + RemediationDeletion.Limit : Sample.Now;
        RequestFinalizer.MayGo(ended, now, at).Should().Be(expected, situation);
    }

    private static RemediationWalk Executed(Runbook runbook) =>
        new(Deleted(new RemediationWalk(Sample.Request(Sample.Planning with { Runbooks = [runbook] })) { Runbook = runbook }.Steps(2).Request))
        {
            Runbook = runbook, Situation = Sample.StillBroken, Incident = null,
        };

    private static RemediationRequest Deleted(RemediationRequest request) => request with
    {
        Metadata = request.Metadata with { DeletionTimestamp = Sample.Now, Finalizers = [FinalizerNames.Remediation] },
    };
}
