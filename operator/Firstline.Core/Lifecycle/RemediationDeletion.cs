using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>
/// Decides about a request whose deletion was asked for before it had ended. What was not sent is not sent any more; what was sent is taken back as
/// its runbook says. What can't be taken back in time is recorded as orphaned: it stays, and humans are told.
/// </summary>
public static class RemediationDeletion
{
    /// <summary>How long a deletion waits for the change to be taken back, from <c>metadata.deletionTimestamp</c> on.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    internal static RemediationDecision Decide(GateInput view, RemediationRequestStatus status, DateTimeOffset asked, DateTimeOffset now)
    {
        bool mayHaveChanged = status.Steps.Any(static s => s.State is not (StepState.RolledBack or StepState.Failed) || s is { State: StepState.Failed } && (s.AppliedAt ?? s.StartedAt) is not null);
        if (view.IsNamespaceEnding || now >= asked + Limit)
        {
            string why = view.IsNamespaceEnding ? "its namespace is being deleted" : $"it could not be taken back within {Limit.TotalMinutes:0} minutes";
            return mayHaveChanged ? Orphaned(view.Request, why) : Nothing(status);
        }

        if (status.Steps.FirstOrDefault(static s => s.State == StepState.Intended) is { } intended)
        {
            return new(new NextStep.Recognise(view.Request.Spec.Plan.Steps.First(s => s.Name == intended.Name), null, Reasons.StepStopped), []);
        }

        return status.Steps.IsEmpty ? Nothing(status) : Bounded(view, TakeBack(view, status, now), status, asked);
    }

    private static RemediationDecision TakeBack(GateInput view, RemediationRequestStatus status, DateTimeOffset now)
    {
        bool hasHelped = status.Verification?.Result == VerificationResult.Recovered;
        bool hasFailed = StepFailure.Ending(view.Request, status) is not null;
        return hasHelped || hasFailed
            ? RemediationLifecycle.Continue(view, status, now)
            : TakingBack.Continue(view, status, now) ?? ByHand(status, TakingBack.Begin(view, status, "the request was deleted", now));
    }

    // What was to be undone anyway did not help; a deletion while it was being undone changes nothing about that.
    private static RemediationDecision ByHand(RemediationRequestStatus status, RemediationDecision decision) =>
        decision.Step is NextStep.Conclude { Outcome: RemediationOutcome.RolledBack } end && !HasNotHelped(status)
            ? decision with { Step = end with { Outcome = RemediationOutcome.TakenBack, Reason = Reasons.TakenBack } }
            : decision;

    private static bool HasNotHelped(RemediationRequestStatus status) => status.Verification?.Result is VerificationResult.Unchanged or VerificationResult.Worse;

    // The wait for a gate ends with the time limit, and a change that stays is no failure of the runbook.
    private static RemediationDecision Bounded(GateInput view, RemediationDecision decision, RemediationRequestStatus status, DateTimeOffset asked) => decision.Step switch
    {
        NextStep.Wait wait when wait.Until is not { } until || until > asked + Limit => decision with { Step = wait with { Until = asked + Limit } },
        NextStep.Conclude { Reason: Reasons.NotRolledBack or Reasons.RollbackFailed } end => Orphaned(
            view.Request, end.Reason == Reasons.RollbackFailed ? end.Message : TakingBack.WhyNot(view, status)),
        _ => decision,
    };

    private static RemediationDecision Orphaned(RemediationRequest request, string why) => new(
        new NextStep.Conclude(
            RemediationOutcome.Orphaned, Reasons.Orphaned, $"the request was deleted and {why}; what it changed stays, as far as it was sent: {request.Spec.Plan.Summary}"),
        []);

    private static RemediationDecision Nothing(RemediationRequestStatus status) => status.Steps.Any(static s => s.State == StepState.RolledBack)
        ? ByHand(status, new(new NextStep.Conclude(RemediationOutcome.RolledBack, Reasons.RolledBack, "the request was deleted; the changes were undone"), []))
        : new(new NextStep.Conclude(RemediationOutcome.Cancelled, Reasons.RequestDeleted, "the request was deleted before anything was changed"), []);
}
