using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>Decides what happens next to an Incident. It is over only when no signal fires; a remediation that did not help goes to humans.</summary>
public static class IncidentLifecycle
{
    /// <summary>Decides on the values given.</summary>
    public static IncidentStep Decide(IncidentView view, DateTimeOffset now)
    {
        Incident incident = view.Incident;
        if (incident.Metadata.DeletionTimestamp is not null || IsResolved(incident))
        {
            return new IncidentStep.Settled();
        }

        if (view.Open is { } open)
        {
            return new IncidentStep.Follow(open);
        }

        if (ClosedByHand.WhyOf(incident) is { } why)
        {
            return new IncidentStep.Resolve(Reasons.ClosedByHand, $"closed by hand: {why}");
        }

        if (IsOver(view, now) is { } over)
        {
            return over;
        }

        return WhileOpen(view) is var step && step is IncidentStep.Plan && QuietUntil(view) > now ? new IncidentStep.Settled() : step;
    }

    // False is an answer too: no rule explains it, so that planning hands it to humans.
    private static IncidentStep WhileOpen(IncidentView view) =>
        view.Incident.Status?.Conditions.Any(static c => c.Type == ConditionTypes.Diagnosed && c.Status != ConditionStatus.Unknown) == true ? AfterDiagnosis(view) : new IncidentStep.AwaitDiagnosis();

    /// <summary>
    /// When to decide again although nothing changes; null when only a change can lead on. By time alone end a child's wait for its own signals, the absence of
    /// signals after a change was undone or for as long as the policy asks, and a wait that was to be short.
    /// </summary>
    public static DateTimeOffset? LookAgainAt(IncidentView view, IncidentStep step, DateTimeOffset now) => step switch
    {
        IncidentStep.Attach { Parent.Until: var until } => new[] { until, QuietUntil(view) }.Min(),
        IncidentStep.Escalate => SilentFrom(view),
        IncidentStep.Follow { Request: var request } => ShortWait.Until(request, now),
        IncidentStep.Settled when !IsResolved(view.Incident) => QuietUntil(view),
        _ => null,
    };

    private static DateTimeOffset? SilentFrom(IncidentView view) => new[] { SignalAbsence.OverAt(view), QuietUntil(view) }.Max();

    // Null while a signal fires, and where the policy asks for no silence.
    private static DateTimeOffset? QuietUntil(IncidentView view) =>
        view.QuietFor > TimeSpan.Zero && view.Incident.Status is { Signals: { IsEmpty: false } signals } && !FiringSignals.IsFiring(view.Incident)
            ? signals.Max(static s => s.LastSeen) + view.QuietFor
            : null;

    // Final: signals that fire later are another incident, and a request that somebody deletes must not look as if it was never made.
    private static bool IsResolved(Incident incident) =>
        incident.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Resolved, Status: ConditionStatus.True }) == true;

    private static IncidentStep.Resolve? IsOver(IncidentView view, DateTimeOffset now)
    {
        bool helped = view.Last?.Status?.Outcome == RemediationOutcome.Succeeded;
        if (FiringSignals.IsByHandOnly(view.Incident))
        {
            return helped ? Remediated(view.Last!)
                : view.Parent is { Until: not null, Incident.Metadata.Name: var over } ? new(Reasons.ParentResolved, $"incident {over}, which dealt with the same trouble, is over")
                : null;
        }

        return view.Incident.Status is not { Signals.IsEmpty: false } || FiringSignals.IsFiring(view.Incident) ? null
            : helped ? Remediated(view.Last!)
            : SilentFrom(view) > now ? null
            : Silent(view.Incident.Status);
    }

    private static IncidentStep.Resolve Silent(IncidentStatus status) => new(Reasons.SignalsResolved, status.Parent is { } parent
        ? $"no signal fires any more; the cause was the business of incident {parent.Name}"
        : "no signal fires any more; no remediation of the operator was verified to be the reason");

    private static IncidentStep.Resolve Remediated(RemediationRequest request) =>
        new(Reasons.Remediated, $"no signal fires any more, and {request.Metadata.Name} {(request.Status?.Verification?.Answer == HumanAnswer.Helped ? "has helped, as a human says" : "was verified to have helped")}: {request.Spec.Plan.Summary}");

    private static IncidentStep AfterDiagnosis(IncidentView view) => view.Last?.Status?.Outcome switch
    {
        _ when view.TakenBack is { } back => new IncidentStep.Escalate(
            Reasons.RemediationTakenBack, $"the change of runbook {back.Runbook} was taken back: somebody deleted {back.Name}, and it is not made again", []),
        RemediationOutcome.Failed or RemediationOutcome.RolledBack or RemediationOutcome.RollbackFailed or RemediationOutcome.Orphaned => Escalate(Reasons.RemediationFailed, view.Last),
        RemediationOutcome.Inconclusive => Escalate(Reasons.RemediationInconclusive, view.Last),
        RemediationOutcome.Rejected => Escalate(Reasons.RemediationRejected, view.Last),
        RemediationOutcome.Expired => Escalate(Reasons.RemediationExpired, view.Last),
        _ when view.Parent is { } parent => new IncidentStep.Attach(parent),
        _ when SignalAbsence.OverAt(view) is not null => new IncidentStep.Escalate(Reasons.RemediationFailed, "what was changed was undone again", []),
        _ when Mended(view) is { } helped => new IncidentStep.Follow(helped),
        _ => new IncidentStep.Plan(),   // none yet, its plan went stale, or the trouble came back: the planner never tries a runbook twice
    };

    // A human called the target mended; only what began after that is a reason to change it again.
    private static RemediationRequest? Mended(IncidentView view) =>
        view.Last is { Status: { Outcome: RemediationOutcome.Succeeded, Verification.Answer: HumanAnswer.Helped } status } last
        && status.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Succeeded)?.LastTransitionTime is { } said
        && FiringSignals.Of(view.Incident).All(s => (s.StartedAt ?? s.FirstSeen) <= said) ? last : null;

    private static IncidentStep.Escalate Escalate(string reason, RemediationRequest request)
    {
        string? why = request.Status?.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Succeeded)?.Message;
        return new(reason, $"remediation {request.Metadata.Name} ended as {request.Status?.Outcome}: {why ?? "no reason recorded"}", []);
    }
}
