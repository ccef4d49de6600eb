using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class SignalAbsenceTests
{
    private static readonly DateTimeOffset Undone = Sample.Now;

    [Theory]
    // situation                                                       state                 heard  minute  outcome                        over
    [InlineData("the undoing itself silenced the signal for a moment", SignalState.Resolved,  0,     1,    RemediationOutcome.TakenBack,  false)]
    [InlineData("the signal fires again",                              SignalState.Firing,    2,    40,    RemediationOutcome.TakenBack,  false)]
    [InlineData("the signal stayed away",                              SignalState.Resolved,  0,    30,    RemediationOutcome.TakenBack,  true)]
    [InlineData("the signal went away long after the undoing",         SignalState.Resolved, 20,    49,    RemediationOutcome.TakenBack,  false)]
    [InlineData("and stayed away since",                               SignalState.Resolved, 20,    50,    RemediationOutcome.TakenBack,  true)]
    [InlineData("it was undone because it had not helped",             SignalState.Resolved,  0,     1,    RemediationOutcome.RolledBack, false)]
    [InlineData("that, and the signal stayed away",                    SignalState.Resolved,  0,    30,    RemediationOutcome.RolledBack, true)]
    public void Decide_takes_an_incident_for_over_only_when_its_signals_stay_away_after_a_change_was_undone(
        string situation, SignalState state, int heard, int minute, RemediationOutcome outcome, bool over)
    {
        IncidentView view = new(Heard(state, heard, new() { Name = "undo-1", Runbook = "undo", Outcome = outcome, UndoneAt = Undone }), []);
        IncidentStep step = IncidentLifecycle.Decide(view, Undone.AddMinutes(minute));
        (step is IncidentStep.Resolve).Should().Be(over, situation);
        (step is IncidentStep.Escalate).Should().Be(!over, situation);
    }

    [Fact]
    public void Decide_hands_what_a_human_took_back_to_humans_and_plans_nothing_else()
    {
        IncidentView view = new(Heard(SignalState.Firing, 0, new() { Name = "undo-1", Runbook = "undo", Outcome = RemediationOutcome.TakenBack, UndoneAt = Undone }), []);
        IncidentStep.Escalate step = IncidentLifecycle.Decide(view, Undone.AddMinutes(40)).Should().BeOfType<IncidentStep.Escalate>().Subject;
        step.Reason.Should().Be(Reasons.RemediationTakenBack);
        IncidentStatus status = IncidentProgress.ToStatus(view, step, Undone.AddMinutes(40));
        status.Stage.Should().Be("Escalated");
        status.NextStep.Should().StartWith("Humans have to act: the change of runbook undo was taken back: somebody deleted undo-1, and it is not made again.")
            .And.Contain("; when it is over and its signals fire on: kubectl annotate inc");
        status.Remediations.Should().ContainSingle().Which.UndoneAt.Should().Be(Undone);

        Incident closed = view.Incident with { Metadata = view.Incident.Metadata with { Annotations = view.Incident.Metadata.Annotations.SetItem(AnnotationNames.Resolved, "as I want it") } };
        IncidentLifecycle.Decide(view with { Incident = closed }, Undone).Should().BeOfType<IncidentStep.Resolve>().Which.Reason.Should().Be(Reasons.ClosedByHand);
    }

    [Fact]
    public void ToStatus_says_until_when_the_signals_have_to_stay_away()
    {
        IncidentView view = new(Heard(SignalState.Resolved, 2, new() { Name = "undo-1", Runbook = "undo", Outcome = RemediationOutcome.TakenBack, UndoneAt = Undone }), []);
        SignalAbsence.OverAt(view).Should().Be(Undone.AddMinutes(32));
        IncidentLifecycle.LookAgainAt(view, IncidentLifecycle.Decide(view, Undone), Undone).Should().Be(Undone.AddMinutes(32));
        IncidentProgress.ToStatus(view, IncidentLifecycle.Decide(view, Undone), Undone).NextStep
            .Should().Contain("no signal fires now, and it ends at 2026-11-20 12:32:00Z if that stays so; when it is over before that: kubectl annotate inc");
    }

    [Fact]
    public void A_remediation_that_helped_after_all_ends_the_incident_at_once()
    {
        RemediationRequest helped = Sample.Request().With(static s => s with { Outcome = RemediationOutcome.Succeeded });
        IncidentView view = new(Heard(SignalState.Resolved, 0, new() { Name = "undo-1", Runbook = "other", Outcome = RemediationOutcome.RolledBack, UndoneAt = Undone }), [helped]);
        IncidentLifecycle.Decide(view, Undone).Should().BeOfType<IncidentStep.Resolve>().Which.Reason.Should().Be(Reasons.Remediated);
    }

    [Fact]
    public void A_request_that_is_there_tells_itself_when_it_was_undone()
    {
        RemediationRequest request = Sample.Request().With(static s => s with
        {
            Outcome = RemediationOutcome.RolledBack, Steps = [Sample.Step(StepState.RolledBack, Undone) with { RolledBackAt = Undone }],
        });
        SignalAbsence.OverAt(new(Sample.With(SignalState.Resolved), [request])).Should().Be(Undone + SignalAbsence.Needed);
        SignalAbsence.OverAt(new(Sample.With(SignalState.Firing), [request])).Should().BeNull();
        SignalAbsence.OverAt(new(Sample.With(SignalState.Resolved), [])).Should().BeNull();
    }

    private static Incident Heard(SignalState state, int minute, RemediationSummary done) => Sample.Incident with
    {
        Status = Sample.Incident.Status! with { Signals = [Sample.Signal(state) with { LastSeen = Undone.AddMinutes(minute) }], Remediations = [done] },
    };
}
