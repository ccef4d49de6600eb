using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class HumanAnswersTests
{
    [Fact]
    public void Decide_takes_inconclusive_for_neither_success_nor_failure_and_asks()
    {
        RemediationWalk walk = Asked();
        RemediationRequestStatus status = walk.Request.Status!;
        status.Stage.Should().Be("AwaitingAnswer");
        status.Outcome.Should().BeNull();
        status.Steps[0].State.Should().Be(StepState.Applied, "nothing is undone blindly");
        status.NextStep.Should().StartWith("Waits for a human until 2026-11-20 16:05:00Z: it can't be told whether it helped: ")
            .And.Contain($"kubectl annotate remreq {walk.Request.Metadata.Name} -n shop --overwrite firstline.dev/answer=helped (it helped), =undo");
        status.Conditions.Single(static c => c.Type == ConditionTypes.Stalled).Reason.Should().Be(Reasons.AnswerNeeded);
        status.Conditions.Single(static c => c.Type == ConditionTypes.Succeeded).Status.Should().Be(ConditionStatus.Unknown);
        walk.Step().Should().BeOfType<NextStep.Ask>("nobody has answered");
    }

    [Theory]
    [InlineData("it helped", "helped", RemediationOutcome.Succeeded)]
    [InlineData("it stays", "keep", RemediationOutcome.Inconclusive)]
    [InlineData("nobody answers", null, RemediationOutcome.Inconclusive)]
    [InlineData("no signal fires any more", null, RemediationOutcome.Inconclusive)]
    [InlineData("the incident is closed by hand", null, RemediationOutcome.Inconclusive)]
    [InlineData("the incident is gone", null, RemediationOutcome.Inconclusive)]
    public void Decide_ends_with_the_answer_or_when_none_is_needed(string situation, string? answer, RemediationOutcome outcome)
    {
        RemediationWalk walk = Asked(answer);
        walk.Incident = situation switch
        {
            "no signal fires any more" => Sample.With(SignalState.Resolved),
            "the incident is closed by hand" => Sample.Incident with { Metadata = Sample.Incident.Metadata with { Annotations = Sample.Incident.Metadata.Annotations.Add(AnnotationNames.Resolved, "a drill") } },
            "the incident is gone" => null,
            _ => Sample.Incident,
        };
        walk.Now += situation == "nobody answers" ? HumanAnswers.Limit : TimeSpan.Zero;
        walk.Step().Should().BeOfType<NextStep.Conclude>(situation).Which.Outcome.Should().Be(outcome, situation);
        walk.Request.Status!.Verification!.Result.Should().Be(VerificationResult.Inconclusive, "that is what verification said");
        walk.Request.Status.Verification.Answer.Should().Be(answer switch { "helped" => HumanAnswer.Helped, "keep" => HumanAnswer.Keep, _ => null });
    }

    [Fact]
    public void Decide_undoes_what_a_human_wants_undone_whatever_the_runbook_says_and_whatever_becomes_of_the_annotation()
    {
        RemediationWalk walk = Asked("undo", static s => s with { OnFailure = FailureAction.Escalate });
        walk.Situation = Sample.StillBroken;
        walk.Step().Should().BeOfType<NextStep.RecordIntent>().Which.Direction.Should().Be(PlanDirection.Inverse);
        walk = new(walk.Request with { Metadata = Sample.Request().Metadata }) { Now = walk.Now, Situation = Sample.StillBroken };
        walk.Steps(2).Request.Status!.Rollback.Should().NotBeNull();
        walk.Now = walk.Now.AddSeconds(30);
        walk.Step().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.RolledBack);
        walk.Request.Status!.Verification!.Answer.Should().Be(HumanAnswer.Undo);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("", false)]
    [InlineData("HELPED", true)]
    public void Decide_goes_on_asking_after_a_word_that_is_no_answer(string word, bool isNamed)
    {
        RemediationWalk walk = Asked(word);
        walk.Step().Should().BeOfType<NextStep.Ask>();
        walk.Request.Status!.NextStep!.Contains($"The answer \"{word}\" is none of these.", StringComparison.Ordinal).Should().Be(isNamed);
    }

    [Theory]
    [InlineData("helped", ApprovalIdentity.Unverified)]
    [InlineData("undo", ApprovalIdentity.Unverified)]
    [InlineData("keep", null)]
    public void Decide_takes_no_answer_that_nothing_vouches_for_unless_the_policy_allows_it(string answer, ApprovalIdentity? identity)
    {
        RemediationWalk walk = Asked(answer);
        walk.Identity = identity;
        walk.Step().Should().BeOfType<NextStep.Ask>();
        walk.Request.Status!.Verification!.Answer.Should().BeNull();
        walk.Request.Status.NextStep.Should().Contain($"The answer \"{answer}\" does not count: nothing makes sure who gave it. Take it away (firstline.dev/answer-)");
        walk.Now += HumanAnswers.Limit;
        walk.Peek().Should().BeOfType<NextStep.Conclude>().Which.Outcome.Should().Be(RemediationOutcome.Inconclusive);

        walk.Policy = Sample.Policy with { Approvals = new() { AllowUnverified = true } };
        walk.Step();
        walk.Request.Status!.Verification!.Answer.Should().NotBeNull();
    }

    [Fact]
    public void Decide_takes_no_answer_that_was_given_before_the_admission_policy_was_in_force_until_it_is_given_anew()
    {
        RemediationWalk walk = Asked("undo");
        walk.Identity = ApprovalIdentity.Unverified;
        walk.Step().Should().BeOfType<NextStep.Ask>();
        walk.Identity = null;
        walk.Step().Should().BeOfType<NextStep.Ask>("it can't be told");
        walk.Identity = ApprovalIdentity.Verified;
        walk.Steps(3).Request.Status!.UnverifiedAnswer.Should().Be(HumanAnswer.Undo, "looking again makes it no truer");
        walk.Step().Should().BeOfType<NextStep.Ask>();
        walk.Request.Status!.NextStep.Should().Contain("Take it away (firstline.dev/answer-), then give it anew: it may be older than the admission policy");

        RemediationWalk another = On(walk, walk.Request.Annotated(AnnotationNames.Answer, "keep"));
        another.Step().Should().BeOfType<NextStep.Conclude>("another word was checked when it was written").Which.Outcome.Should().Be(RemediationOutcome.Inconclusive);

        RemediationWalk anew = On(walk, walk.Request with { Metadata = Sample.Request().Metadata });
        anew.Step().Should().BeOfType<NextStep.Ask>();
        anew.Request.Status!.UnverifiedAnswer.Should().BeNull();
        On(anew, anew.Request.Annotated(AnnotationNames.Answer, "undo")).Peek().Should().NotBeOfType<NextStep.Ask>();
    }

    private static RemediationWalk On(RemediationWalk walk, RemediationRequest request) => new(request) { Runbook = walk.Runbook, Now = walk.Now, Situation = walk.Situation };

    [Fact]
    public void A_request_that_waits_for_an_answer_holds_its_target_and_no_place_among_those_at_work()
    {
        RemediationRequest paused = Asked().Request with { Metadata = Sample.Other().Metadata };
        RemediationRequest[] all = [Sample.Request(), paused, paused with { Metadata = paused.Metadata with { Uid = "b" } }, paused with { Metadata = paused.Metadata with { Uid = "c" } }];
        GateInput view = Sample.View with { Requests = [.. all] };
        new ConcurrencyGate().Judge(view, Sample.Now).Decision.Should().Be(GateDecision.Open);
        new TargetLockGate().Judge(view, Sample.Now).Decision.Should().Be(GateDecision.Closed);
    }

    [Fact]
    public void An_incident_is_handed_over_with_the_question_while_its_request_waits_for_the_answer()
    {
        RemediationRequest asked = Asked().Request;
        IncidentView view = new(Sample.Incident, [asked]);
        IncidentStatus status = IncidentProgress.ToStatus(view, IncidentLifecycle.Decide(view, Sample.Now), Sample.Now);
        status.Stage.Should().Be("Escalated");
        status.Conditions.Single(static c => c.Type == ConditionTypes.Escalated).Reason.Should().Be(Reasons.RemediationInconclusive);
        status.NextStep.Should().Contain("firstline.dev/answer=helped");
    }

    [Fact]
    public void An_incident_of_which_a_human_says_that_it_is_helped_waits_for_its_signals_and_is_planned_for_again_only_when_one_begins_anew()
    {
        RemediationWalk walk = Asked("helped");
        walk.Step().Should().BeOfType<NextStep.Conclude>();
        IncidentView view = new(Sample.Incident, [walk.Request]);
        IncidentStep step = IncidentLifecycle.Decide(view, walk.Now.AddHours(1));
        step.Should().BeOfType<IncidentStep.Follow>("the target was just called mended");
        IncidentStatus status = IncidentProgress.ToStatus(view, step, walk.Now.AddHours(1));
        status.Conditions.Single(static c => c.Type == ConditionTypes.Escalated).Status.Should().Be(ConditionStatus.False);
        status.NextStep.Should().Be(
            $"Nothing by itself: a human says that {walk.Request.Metadata.Name} helped, and this ends with its signals. When it is over and they fire on: kubectl annotate inc web-crash -n shop firstline.dev/resolved=\"<why>\"");

        SignalRecord anew = Sample.Signal(SignalState.Firing) with { StartedAt = walk.Now.AddMinutes(10) };
        Incident again = Sample.Incident with { Status = Sample.Incident.Status! with { Signals = [anew] } };
        IncidentLifecycle.Decide(view with { Incident = again }, walk.Now.AddHours(1)).Should().BeOfType<IncidentStep.Plan>("the trouble came back");
    }

    private static RemediationWalk Asked(string? answer = null, Func<RunbookSpec, RunbookSpec>? change = null)
    {
        Runbook runbook = Sample.Change(Sample.Undo, change ?? (static s => s));
        RemediationWalk walk = new RemediationWalk(Sample.Request(Sample.Planning with { Runbooks = [runbook] })) { Runbook = runbook }.Steps(2);
        walk.Now = Sample.Now.AddMinutes(5);
        walk.Situation = null;
        walk.Step().Should().BeOfType<NextStep.Ask>();
        RemediationRequest request = answer is null ? walk.Request : walk.Request.Annotated(AnnotationNames.Answer, answer);
        return new(request) { Runbook = runbook, Now = walk.Now, Situation = null };
    }
}
