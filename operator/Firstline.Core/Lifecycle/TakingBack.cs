using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>Decides how the changes of a request are taken back: newest first, each only while the gates of the inverse are open.</summary>
internal static class TakingBack
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(15);

    /// <summary>The next change to take back, or the end when there is none left or none is to be.</summary>
    public static RemediationDecision Begin(GateInput view, RemediationRequestStatus status, string why, DateTimeOffset now)
    {
        if (Next(view.Request, status) is { } next)
        {
            return WithInverseGates(view, new NextStep.RecordIntent(next, PlanDirection.Inverse), now);
        }

        return status.Steps.Any(static s => s.State == StepState.RolledBack)
            ? new(new NextStep.Conclude(RemediationOutcome.RolledBack, Reasons.RolledBack, $"{why}; the changes were undone"), [])
            : new(new NextStep.Conclude(RemediationOutcome.Failed, Reasons.NotRolledBack, $"{why}; {WhyNot(view.Request)}"), []);
    }

    /// <summary>Goes on with the one that is being taken back; null when none is.</summary>
    public static RemediationDecision? Continue(GateInput view, RemediationRequestStatus status, DateTimeOffset now) =>
        status.Steps.FirstOrDefault(static s => s.State == StepState.RollingBack) is { } undoing
            ? WithInverseGates(view, new NextStep.Execute(view.Request.Spec.Plan.Steps.First(s => s.Name == undoing.Name), PlanDirection.Inverse), now)
            : null;

    /// <summary>Why nothing is taken back, in words that follow the cause.</summary>
    public static string WhyNot(RemediationRequest request) => IsWanted(request) ? "there is nothing that could be undone" : "the runbook leaves things as they are";

    /// <summary>When to judge the gates again although nothing changes.</summary>
    /// <remarks>Gates that rest on time alone, or on things that no watch shows (lease, silence of the API server), are judged again after a while.</remarks>
    public static DateTimeOffset LookAgain(ImmutableArray<GateVerdict> verdicts, GateInput view, DateTimeOffset now)
    {
        GateVerdict[] closed = [.. verdicts.Where(static v => v.Decision == GateDecision.Closed)];
        bool unseen = Array.Exists(closed, static v => v.Reason is GateReasons.NotLeader or GateReasons.CacheStale or GateReasons.ApproverUnverified
            or GateReasons.ApproverRightMissing or GateReasons.ApproverRightUnknown);
        DateTimeOffset soon = now + Recheck;
        DateTimeOffset next = closed.Select(static v => v.NextEligibleTime).OfType<DateTimeOffset>().Append(view.Request.Spec.ExpiresAt)
            .Where(t => t > now).DefaultIfEmpty(soon).Min();
        return unseen && soon < next ? soon : next;
    }

    private static bool IsWanted(RemediationRequest request) => (request.Spec.OnFailure ?? FailureAction.RollBack) == FailureAction.RollBack;

    private static PlannedStep? Next(RemediationRequest request, RemediationRequestStatus status) => !IsWanted(request)
        ? null
        : request.Spec.Plan.Steps.LastOrDefault(s => RemediationLifecycle.RecordOf(status, s)?.State == StepState.Applied && !s.Inverse.IsEmpty);

    private static RemediationDecision WithInverseGates(GateInput view, NextStep step, DateTimeOffset now)
    {
        ImmutableArray<GateVerdict> verdicts = GateChain.Judge(GateChain.Inverse, view, now);
        return GateChain.FirstObstacle(verdicts) is { } obstacle
            ? new(new NextStep.Wait(obstacle, LookAgain(verdicts, view, now)), verdicts)
            : new(step, verdicts);
    }
}
