using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class IncidentLifecycleTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Fact]
    public void Decide_waits_for_the_diagnosis_then_plans_then_follows()
    {
        IncidentLifecycle.Decide(new(Sample.Incident with { Status = Sample.Incident.Status! with { Conditions = [] } }, []), Now).Should().BeOfType<IncidentStep.AwaitDiagnosis>();
        IncidentLifecycle.Decide(new(Sample.Incident, []), Now).Should().BeOfType<IncidentStep.Plan>();
        IncidentLifecycle.Decide(new(Sample.Incident, [Sample.Request()]), Now).Should().BeOfType<IncidentStep.Follow>();
        Incident deleted = Sample.Incident with { Metadata = Sample.Incident.Metadata with { DeletionTimestamp = Now } };
        IncidentLifecycle.Decide(new(deleted, []), Now).Should().BeOfType<IncidentStep.Settled>();
    }

    [Fact]
    public void Decide_takes_a_diagnosis_without_a_hypothesis_for_an_answer_that_goes_to_humans()
    {
        Condition unexplained = new() { Type = ConditionTypes.Diagnosed, Status = ConditionStatus.False, Reason = "NoHypothesis", Message = "none of the rules explains it" };
        Incident incident = Sample.Incident with { Status = Sample.Incident.Status! with { Conditions = [unexplained], Hypotheses = [] } };

        IncidentLifecycle.Decide(new(incident, []), Now).Should().BeOfType<IncidentStep.Plan>();
    }

    [Fact]
    public void ToStatus_never_has_the_plan_before_its_diagnosis()
    {
        // The API server cuts creationTimestamp to whole seconds.
        RemediationRequest request = Sample.Request() with { Metadata = Sample.Request().Metadata with { CreationTimestamp = Now } };
        Incident incident = Sample.Incident with { Status = Sample.Incident.Status! with { Clocks = new() { DiagnosedAt = Now.AddMilliseconds(700) } } };

        IncidentProgress.ToStatus(new(incident, [request]), new IncidentStep.Follow(request), Now.AddSeconds(1)).Clocks!.PlannedAt.Should().Be(Now.AddMilliseconds(700));
    }

    [Theory]
    [InlineData(RemediationOutcome.RolledBack, Reasons.RemediationFailed)]
    [InlineData(RemediationOutcome.RollbackFailed, Reasons.RemediationFailed)]
    [InlineData(RemediationOutcome.Failed, Reasons.RemediationFailed)]
    [InlineData(RemediationOutcome.Inconclusive, Reasons.RemediationInconclusive)]
    [InlineData(RemediationOutcome.Rejected, Reasons.RemediationRejected)]
    [InlineData(RemediationOutcome.Expired, Reasons.RemediationExpired)]
    [InlineData(RemediationOutcome.Stale, null)]
    [InlineData(RemediationOutcome.NoActionRequired, null)]
    [InlineData(RemediationOutcome.Succeeded, null)]
    public void Decide_hands_over_what_did_not_help_and_plans_anew_what_may(RemediationOutcome outcome, string? escalated)
    {
        IncidentStep step = IncidentLifecycle.Decide(new(Sample.Incident, [Ended(outcome)]), Now);
        (step as IncidentStep.Escalate)?.Reason.Should().Be(escalated);
        (step is IncidentStep.Plan).Should().Be(escalated is null);
    }

    /// <summary>A sentence, for how many minutes no signal of an incident without remediation has fired, for how many the policy asks, and the minutes until it is over; null when it is.</summary>
    [Theory]
    [InlineData("nothing is asked", 0, 0, null)]
    [InlineData("five of fifteen minutes", 5, 15, 10)]
    [InlineData("all fifteen minutes", 15, 15, null)]
    public void Decide_keeps_an_incident_open_until_its_signals_have_stayed_away_for_as_long_as_the_policy_asks(string sentence, int quiet, int asked, int? left)
    {
        Incident incident = Sample.Incident with { Status = Sample.Incident.Status! with { Signals = [Sample.Signal(SignalState.Resolved) with { LastSeen = Now.AddMinutes(-quiet) }] } };
        IncidentView view = new(incident, []) { QuietFor = TimeSpan.FromMinutes(asked) };

        IncidentStep step = IncidentLifecycle.Decide(view, Now);

        (step is IncidentStep.Resolve).Should().Be(left is null, sentence);
        (step is IncidentStep.Plan).Should().BeFalse("nothing is planned for what does not fire");
        IncidentLifecycle.LookAgainAt(view, step, Now).Should().Be(left is { } minutes ? Now.AddMinutes(minutes) : null, sentence);
    }

    [Fact]
    public void Decide_goes_on_with_the_same_incident_when_a_signal_comes_back_and_does_not_wait_for_what_a_remediation_helped()
    {
        IncidentLifecycle.Decide(new(Sample.Incident, []) { QuietFor = TimeSpan.FromMinutes(15) }, Now).Should().BeOfType<IncidentStep.Plan>();
        IncidentLifecycle.Decide(new(Sample.With(SignalState.Resolved), [Ended(RemediationOutcome.Succeeded)]) { QuietFor = TimeSpan.FromMinutes(15) }, Now).Should().BeOfType<IncidentStep.Resolve>();
    }

    [Fact]
    public void Decide_never_resolves_while_a_signal_fires()
    {
        IncidentLifecycle.Decide(new(Sample.Incident, [Ended(RemediationOutcome.Succeeded)]), Now).Should().NotBeOfType<IncidentStep.Resolve>();
        IncidentLifecycle.Decide(new(Sample.With(SignalState.Resolved), [Ended(RemediationOutcome.Succeeded)]), Now)
            .Should().BeOfType<IncidentStep.Resolve>().Which.Reason.Should().Be(Reasons.Remediated);
        IncidentLifecycle.Decide(new(Sample.With(SignalState.Resolved), []), Now).Should().BeOfType<IncidentStep.Resolve>().Which.Reason.Should().Be(Reasons.SignalsResolved);
        IncidentLifecycle.Decide(new(Sample.With(SignalState.Resolved), [Sample.Request()]), Now).Should().BeOfType<IncidentStep.Follow>("a remediation is under way");
    }

    [Fact]
    public void Decide_resolves_what_was_reported_by_hand_when_the_remediation_helped()
    {
        Incident byHand = Sample.Incident with
        {
            Spec = Sample.Incident.Spec with { Source = IncidentSource.Manual },
            Status = Sample.Incident.Status! with { Signals = [Sample.Signal(SignalState.Firing, IncidentSource.Manual)] },
        };
        IncidentLifecycle.Decide(new(byHand, []), Now).Should().BeOfType<IncidentStep.Plan>();
        IncidentLifecycle.Decide(new(byHand, [Ended(RemediationOutcome.Succeeded)]), Now).Should().BeOfType<IncidentStep.Resolve>();
    }

    [Theory]
    [InlineData("a detector's incident ends with its signals",     IncidentSource.Detector, "apps/v1",            "Begin with: kubectl describe deployment web -n shop")]
    [InlineData("only a human can say that a human's is over",     IncidentSource.Manual,   "apps/v1",            "; when it is over: kubectl annotate inc web-crash -n shop firstline.dev/resolved=\"<why>\"")]
    [InlineData("several groups may have a kind of that name",     IncidentSource.Detector, "example.com/v1",     "Begin with: kubectl describe deployment.example.com web -n shop")]
    public void ToStatus_says_what_to_type_when_humans_take_over(string situation, IncidentSource source, string apiVersion, string typed)
    {
        Incident incident = Sample.Incident with
        {
            Spec = Sample.Incident.Spec with { Source = source, Target = Sample.Web with { ApiVersion = apiVersion } },
            Status = Sample.Incident.Status! with { Hypotheses = [], Signals = [Sample.Signal(SignalState.Firing, source)] },
        };

        IncidentStatus status = IncidentProgress.ToStatus(new(incident, []), new IncidentStep.Escalate(PlanningReasons.NoHypothesis, "nothing explains it", []), Now);

        status.NextStep.Should().Contain(typed, situation).And.EndWith("kubectl annotate inc web-crash -n shop firstline.dev/resolved=\"<why>\"");
        string endless = IncidentProgress.ToStatus(new(incident, []), new IncidentStep.Escalate(PlanningReasons.NoHypothesis, new string('x', 3000), []), Now).NextStep!;
        endless.Length.Should().BeLessThanOrEqualTo(1024);
        endless.Should().EndWith("firstline.dev/resolved=\"<why>\"", "the command is not what is cut");
    }

    [Fact]
    public void Decide_closes_what_a_human_says_is_over_once_nothing_is_being_changed()
    {
        Incident closed = Sample.Incident with
        {
            Metadata = Sample.Incident.Metadata with { Annotations = Sample.Incident.Metadata.Annotations.SetItem(AnnotationNames.Resolved, " it was\na drill ") },
        };
        IncidentLifecycle.Decide(new(closed, []), Now).Should().Be(new IncidentStep.Resolve(Reasons.ClosedByHand, "closed by hand: it was a drill"));
        IncidentLifecycle.Decide(new(closed, [Ended(RemediationOutcome.Failed)]), Now).Should().BeOfType<IncidentStep.Resolve>();
        IncidentLifecycle.Decide(new(closed, [Sample.Request()]), Now).Should().BeOfType<IncidentStep.Follow>("its request is withdrawn or finished first");
        Incident silent = closed with { Metadata = closed.Metadata with { Annotations = closed.Metadata.Annotations.SetItem(AnnotationNames.Resolved, " ") } };
        IncidentLifecycle.Decide(new(silent, []), Now).Should().BeOfType<IncidentStep.Plan>("nobody said why");

        IncidentStatus status = IncidentProgress.ToStatus(new(closed, []), IncidentLifecycle.Decide(new(closed, []), Now), Now);
        status.Stage.Should().Be("Resolved");
        status.Timeline.Should().ContainSingle(static e => e.Reason == Reasons.ClosedByHand);
    }

    [Fact]
    public void Decide_withdraws_what_has_changed_nothing_when_its_incident_is_closed_and_finishes_what_has()
    {
        Incident closed = Sample.Incident with
        {
            Metadata = Sample.Incident.Metadata with { Annotations = Sample.Incident.Metadata.Annotations.SetItem(AnnotationNames.Resolved, "a drill") },
        };
        RemediationWalk waiting = new(Sample.Request()) { Incident = closed };
        waiting.Step().Should().BeOfType<NextStep.Conclude>().Which.Should().BeEquivalentTo(new { Outcome = RemediationOutcome.Cancelled, Reason = GateReasons.ClosedByHand });
        RemediationWalk changed = new RemediationWalk(Sample.Request()).Steps(2);
        changed.Incident = closed;
        changed.Situation = Sample.StillBroken;
        changed.Step().Should().BeOfType<NextStep.Verify>();
    }

    [Theory]
    [InlineData("its request was deleted since", SignalState.Firing, IncidentSource.Manual)]
    [InlineData("a signal fires again", SignalState.Firing, IncidentSource.Detector)]
    [InlineData("nothing fires", SignalState.Resolved, IncidentSource.Detector)]
    public void Decide_leaves_alone_what_was_resolved(string situation, SignalState state, IncidentSource source)
    {
        Condition resolved = new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, Reason = Reasons.Remediated };
        Incident over = Sample.Incident with
        {
            Spec = Sample.Incident.Spec with { Source = source },
            Status = Sample.Incident.Status! with { Signals = [Sample.Signal(state, source)], Conditions = Sample.Incident.Status.Conditions.Add(resolved) },
        };

        IncidentLifecycle.Decide(new(over, []), Now).Should().BeOfType<IncidentStep.Settled>(situation);
        IncidentLifecycle.Decide(new(over, [Ended(RemediationOutcome.Stale)]), Now).Should().BeOfType<IncidentStep.Settled>(situation);
    }

    [Fact]
    public void ToStatus_escalates_visibly_when_there_is_no_plan()
    {
        IncidentStatus status = IncidentProgress.ToStatus(
            new(Sample.Incident, []), new IncidentStep.Escalate(PlanningReasons.NoRunbook, "none of 2 runbook(s) is for it", ["runbook a is for OOMKilled"]), Now);
        status.Stage.Should().Be("Escalated");
        status.Level.Should().Be(RemediationLevel.L3);
        Condition(status, ConditionTypes.Escalated).Message.Should().Contain("considered: runbook a is for OOMKilled");
        status.NextStep.Should().Contain("Begin with: kubectl describe deployment web -n shop");
        status.Clocks!.EscalatedAt.Should().Be(Now);
        status.Timeline.Should().ContainSingle().Which.Reason.Should().Be(PlanningReasons.NoRunbook);
        Condition(status, ConditionTypes.Permitted).Reason.Should().Be(Reasons.NoRemediation);
        Condition(status, ConditionTypes.Permitted).Message.Should().Be("humans took over, and no remediation was planned");
    }

    [Theory]
    [InlineData("a human has to approve", GateReasons.ApprovalRequired, "Approval", false, "AwaitingApproval")]
    [InlineData("another is at work for a moment", GateReasons.TargetLocked, "TargetLock", false, "Blocked")]
    [InlineData("what verifies it was just asked", GateReasons.VerifierAsked, "Verifier", false, "Blocked")]
    [InlineData("it would stop too many pods", GateReasons.BlastRadiusExceeded, "BlastRadius", true, "Escalated")]
    [InlineData("the kill switch is on", GateReasons.Suspended, "KillSwitch", true, "Escalated")]
    public void ToStatus_escalates_a_closed_gate_that_humans_should_know_of(string situation, string reason, string gate, bool escalated, string stage)
    {
        RemediationRequest waiting = Sample.Request().With(s => s with
        {
            Gates = [new() { Name = gate, Decision = GateDecision.Closed, Reason = reason, Message = "closed", NextEligibleTime = Now.AddMinutes(5) }],
            Conditions = [new() { Type = ConditionTypes.Permitted, Status = ConditionStatus.False, Reason = reason, Message = "closed" }],
        });
        IncidentStatus status = IncidentProgress.ToStatus(new(Sample.Incident, [waiting]), new IncidentStep.Follow(waiting), Now);
        (Condition(status, ConditionTypes.Escalated).Status == ConditionStatus.True).Should().Be(escalated, situation);
        status.Stage.Should().Be(stage, situation);
        if (escalated)
        {
            Condition(status, ConditionTypes.Escalated).Message.Should().Contain("2026-11-20 12:05:00Z");
        }
    }

    [Theory]
    [InlineData("the rollback is held up", "KillSwitch", true, true)]
    [InlineData("somebody else works on the target", "TargetLock", true, true)]
    [InlineData("the lease is lost for a moment", "Leadership", true, false)]
    [InlineData("the caches are behind for a moment", "CacheFreshness", true, false)]
    [InlineData("a gate closed because of the change, and nothing waits for it", "Drift", false, false)]
    public void ToStatus_escalates_a_change_that_is_held_up_halfway(string situation, string gate, bool stalled, bool escalated)
    {
        RemediationRequest halfway = Sample.Request().With(s => s with
        {
            Steps = [Sample.Step(StepState.Applied, Now)],
            Gates = [new() { Name = gate, Decision = GateDecision.Closed, Reason = "Closed", Message = "closed" }],
            Conditions = stalled ? [new() { Type = ConditionTypes.Stalled, Status = ConditionStatus.True, Reason = "Closed", Message = "closed" }] : [],
        });
        IncidentStatus status = IncidentProgress.ToStatus(new(Sample.Incident, [halfway]), new IncidentStep.Follow(halfway), Now);
        (Condition(status, ConditionTypes.Escalated).Status == ConditionStatus.True).Should().Be(escalated, situation);
    }

    [Fact]
    public void ToStatus_stays_as_it_is_from_one_look_of_the_verification_to_the_next()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(2);
        IncidentStatus before = Following(walk);
        before.NextStep.Should().Be($"{walk.Request.Metadata.Name}: Verifies whether it helped.");
        Condition(before, ConditionTypes.Verified).Reason.Should().Be("Verifying");

        walk.Situation = Sample.StillBroken;
        walk.Now = Now.AddSeconds(10);
        walk.Step().Should().BeOfType<NextStep.Verify>();
        Json(Following(walk)).Should().Be(Json(before), "the request shows the looks; the incident is not written for each");
        walk.Request.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Verified).Message.Should().StartWith("not yet");
    }

    private static IncidentStatus Following(RemediationWalk walk) => IncidentProgress.ToStatus(new(Sample.Incident, [walk.Request]), new IncidentStep.Follow(walk.Request), Now);

    [Fact]
    public void ToStatus_mirrors_the_remediation_and_keeps_each_happening_once()
    {
        RemediationWalk walk = new RemediationWalk(Sample.Request()).Steps(2);
        walk.Situation = Sample.Healthy;
        walk.Incident = Sample.With(SignalState.Resolved);
        walk.Steps(1);
        walk.Now = Now.AddSeconds(30);
        walk.Steps(2);
        Incident over = Sample.With(SignalState.Resolved);
        IncidentStatus status = IncidentProgress.ToStatus(new(over, [walk.Request]), new IncidentStep.Resolve(Reasons.Remediated, "it helped"), walk.Now);
        status.Stage.Should().Be("Resolved");
        status.Timeline.Select(e => e.Reason).Should().BeEquivalentTo(Reasons.Planned, Reasons.Executed, "Recovered", "Succeeded", Reasons.Remediated);
        status.Clocks.Should().BeEquivalentTo(new { PlannedAt = Now, ExecutedAt = Now, ResolvedAt = Now.AddSeconds(30) });
        status.Remediations.Should().ContainSingle().Which.Outcome.Should().Be(RemediationOutcome.Succeeded);

        Incident stored = over with { Status = over.Status! with { Timeline = status.Timeline, Conditions = over.Status.Conditions.AddRange(status.Conditions), Clocks = status.Clocks } };
        IncidentStatus again = IncidentProgress.ToStatus(new(stored, [walk.Request]), new IncidentStep.Resolve(Reasons.Remediated, "it helped"), walk.Now.AddMinutes(1));
        Json(again).Should().Be(Json(status), "the same happening is the same entry");
    }

    [Theory]
    [InlineData(700, 0, 700)]    // the API server cut the same second
    [InlineData(700, 1000, 1000)]
    [InlineData(5700, 0, 0)]     // diagnosed again later: the plan was there before
    public void ToStatus_puts_a_plan_never_before_the_diagnosis_of_the_same_second(int diagnosed, int created, int expected)
    {
        RemediationRequest request = Sample.Request();
        request = request with { Metadata = request.Metadata with { CreationTimestamp = Now.AddMilliseconds(created) } };
        Incident incident = Sample.Incident with
        {
            Status = Sample.Incident.Status! with { Timeline = [], Clocks = new() { DiagnosedAt = Now.AddMilliseconds(diagnosed) } },
        };
        IncidentProgress.ToStatus(new(incident, [request]), new IncidentStep.Follow(request), Now).Timeline
            .Should().ContainSingle(static e => e.Reason == Reasons.Planned).Which.Time.Should().Be(Now.AddMilliseconds(expected));
    }

    [Fact]
    public void OwnPart_leaves_out_what_others_wrote()
    {
        IncidentStatus status = IncidentProgress.ToStatus(new(Sample.Incident, []), new IncidentStep.AwaitDiagnosis(), Now);
        IncidentStatus merged = Sample.Incident.Status! with
        {
            Conditions = [.. Sample.Incident.Status.Conditions, .. status.Conditions.Reverse()],
            Stage = status.Stage,
            NextStep = status.NextStep,
            Timeline = [new() { Id = "detected", Time = Now, Reason = "Detected" }],
            Clocks = status.Clocks! with { DetectedAt = Now },
        };
        Json(IncidentProgress.OwnPart(merged)).Should().Be(Json(status));
    }

    [Theory]
    [InlineData("Valid", "RolloutUndo", ConditionStatus.True)]
    [InlineData("Invalid", "Nothing", ConditionStatus.False)]
    public void Runbook_is_judged_with_its_revision_and_its_history(string reason, string action, ConditionStatus valid)
    {
        Runbook runbook = Sample.Undo with { Spec = Sample.Undo.Spec with { Steps = [new() { Name = "s", Action = action }] } };
        RemediationRequest run = Ended(RemediationOutcome.Succeeded).With(s => s with { Steps = [Sample.Step(StepState.Applied, Now)] });
        RunbookStatus status = RunbookReport.ToStatus(runbook, Sample.Policy, ApprovalIdentity.Verified, [run, Ended(RemediationOutcome.Rejected)], Now);
        status.Conditions.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Type = "Valid", Status = valid, Reason = reason });
        status.Should().BeEquivalentTo(new { Revision = RunbookRevision.Of(runbook.Spec), EffectiveMode = OperatingMode.Suggest, Runs = 1, Success = "1/1", LastRunTime = Now });
        status.NextStep.Should().Contain(valid == ConditionStatus.True
            ? $"kubectl annotate rbk undo -n firstline-system --overwrite firstline.dev/approved-revision={status.Revision}"
            : "Mend it: spec.steps[s].action");
        RunbookReport.ToStatus(Sample.Undo, Sample.Policy, ApprovalIdentity.Verified, [], Now).EffectiveMode.Should().Be(OperatingMode.Auto);
        RunbookStatus unverified = RunbookReport.ToStatus(Sample.Undo, Sample.Policy, ApprovalIdentity.Unverified, [], Now);
        unverified.EffectiveMode.Should().Be(OperatingMode.Suggest);
        unverified.NextStep.Should().StartWith("Held at Suggest because nothing makes sure that").And.Contain("kubectl apply -k config/admission");
    }

    [Theory]
    [InlineData("a run has ended", true)]
    [InlineData("nothing was written yet", false)]
    [InlineData("it has changed", false)]
    [InlineData("its approval was taken back", false)]
    public void IsCountAlone_tells_what_can_wait_from_what_can_not(string situation, bool expected)
    {
        RunbookStatus before = RunbookReport.ToStatus(Sample.Undo, Sample.Policy, ApprovalIdentity.Verified, [], Now);
        RemediationRequest run = Ended(RemediationOutcome.Succeeded).With(s => s with { Steps = [Sample.Step(StepState.Applied, Now)] });
        Runbook runbook = situation switch
        {
            "it has changed" => Sample.Undo with { Spec = Sample.Undo.Spec with { Steps = [new() { Name = "s", Action = "Nothing" }] } },
            "its approval was taken back" => Sample.Undo with { Metadata = Sample.Undo.Metadata with { Annotations = Sample.Undo.Metadata.Annotations.Clear() } },
            _ => Sample.Undo,
        };
        RunbookStatus after = RunbookReport.ToStatus(runbook, Sample.Policy, ApprovalIdentity.Verified, [run], Now);
        after.Runs.Should().Be(1);
        RunbookReport.IsCountAlone(situation.StartsWith("nothing", StringComparison.Ordinal) ? null : before, after).Should().Be(expected, situation);
    }

    [Theory]
    [InlineData("the runbook's own mode holds it", OperatingMode.Observe, OperatingMode.Auto, "kubectl patch rbk undo -n firstline-system --type merge -p '{\"spec\":{\"mode\":null}}'")]
    [InlineData("it does so below the policy's", OperatingMode.Observe, OperatingMode.Suggest, "kubectl patch rbk undo -n firstline-system --type merge -p '{\"spec\":{\"mode\":null}}'")]
    [InlineData("the policy holds it", OperatingMode.Suggest, OperatingMode.Suggest, "because the policy's maxMode is Suggest")]
    [InlineData("nobody approved its revision", null, OperatingMode.Auto, "firstline.dev/approved-revision=")]
    public void Runbook_that_is_held_says_what_to_type_against_what_holds_it(string situation, OperatingMode? own, OperatingMode most, string expected)
    {
        Runbook runbook = Sample.Undo with { Spec = Sample.Undo.Spec with { Mode = own, Level = RemediationLevel.L2, Description = "changed since" } };
        string next = RunbookReport.ToStatus(runbook, Sample.Policy with { MaxMode = most }, ApprovalIdentity.Verified, [], Now).NextStep!;
        next.Should().StartWith("Held at ").And.Contain(expected, situation);
        next.Contains("approved-revision", StringComparison.Ordinal).Should().Be(!expected.Contains("patch", StringComparison.Ordinal), "approving helps only once the runbook itself does not hold it");
    }

    private static RemediationRequest Ended(RemediationOutcome outcome) => Sample.Request().With(s => s with
    {
        Outcome = outcome,
        Conditions = [new() { Type = ConditionTypes.Succeeded, Status = ConditionStatus.False, Reason = outcome.ToString(), Message = "so it ended" }],
    });

    private static Condition Condition(IncidentStatus status, string type) => status.Conditions.Single(c => c.Type == type);

    private static string Json(IncidentStatus status) => System.Text.Json.JsonSerializer.Serialize(status, FirstlineJson.Of<IncidentStatus>());
}
