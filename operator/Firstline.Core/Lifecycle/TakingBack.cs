using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Verification;

namespace Firstline.Core.Lifecycle;

/// <summary>Decides how the changes of a request are taken back: newest first, each only while the gates of the inverse are open.</summary>
internal static class TakingBack
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(15);

    private static readonly ImmutableArray<string> Unseen =
    [
        GateReasons.NotLeader, GateReasons.CacheStale, GateReasons.CacheUnreadable, GateReasons.TargetUnknown, GateReasons.BlastRadiusExceeded, GateReasons.ApproverUnverified,
        GateReasons.ApproverRightMissing, GateReasons.ApproverRightUnknown,
    ];

    /// <summary>The next change to take back, or the end when there is none left or none is to be.</summary>
    public static RemediationDecision Begin(GateInput view, RemediationRequestStatus status, string why, DateTimeOffset now)
    {
        if (Next(view, status) is { } next)
        {
            return WithInverseGates(view, new NextStep.RecordIntent(next, PlanDirection.Inverse), now);
        }

        return status.Steps.Any(static s => s.State == StepState.RolledBack)
            ? AfterRollback(view, status, why, now)
            : new(new NextStep.Conclude(RemediationOutcome.Failed, Reasons.NotRolledBack, $"{why}; {WhyNot(view, status)}{LeftBehind.Of(view.Request, status)}"), []);
    }

    /// <summary>Goes on with what is being taken back; null when nothing is. What was begun is not taken up again, whatever its gates say meanwhile.</summary>
    public static RemediationDecision? Continue(GateInput view, RemediationRequestStatus status, DateTimeOffset now) =>
        status.Steps.FirstOrDefault(static s => s.State == StepState.RollingBack) is { } undoing
            ? WithInverseGates(view, new NextStep.Execute(view.Request.Spec.Plan.Steps.First(s => s.Name == undoing.Name), PlanDirection.Inverse), now)
            : null;

    // Whoever deletes the request is at the target, and does not wait for a verification.
    private static RemediationDecision AfterRollback(GateInput view, RemediationRequestStatus status, string why, DateTimeOffset now)
    {
        string left = LeftBehind.Of(view.Request, status);
        if (view.Request.Metadata.DeletionTimestamp is not null)
        {
            return new(new NextStep.Conclude(RemediationOutcome.RolledBack, Reasons.RolledBack, $"{why}; the changes were undone{left}"), []);
        }

        VerificationLook look = RollbackVerifier.Look(RollbackOf(view, status, now), now);
        return look.LookAgainAt is not null ? new(new NextStep.VerifyRollback(look), []) : new(EndOf(look, why, left), []) { DecisiveRollback = look };
    }

    private static NextStep.Conclude EndOf(VerificationLook look, string why, string left) => look.Record.Result == VerificationResult.Recovered
        ? new(RemediationOutcome.RolledBack, Reasons.RolledBack, $"{why}; the changes were undone, which is verified: {look.Message}{left}")
        : new(RemediationOutcome.RollbackFailed, Reasons.RollbackFailed, $"{why}; the changes were undone, yet the target is not seen to be as before: {look.Message}{left}");

    private static RollbackInput RollbackOf(GateInput view, RemediationRequestStatus status, DateTimeOffset now)
    {
        RemediationPlan plan = view.Request.Spec.Plan;
        StepRecord? last = status.Steps.Where(s => s.State == StepState.RolledBack && Changes(plan, s)).MaxBy(static s => s.RolledBackAt);
        bool stays = status.Steps.Any(s => s.State is StepState.Applied or StepState.Failed && Changes(plan, s));
        return new()
        {
            Spec = view.Request.Spec.Verification,
            Target = plan.Target,
            Record = status.Rollback,
            UndoneAt = status.Steps.Select(static s => s.RolledBackAt).Max() ?? now,
            // A pod that crashes again and again is ready for a moment now and then: of two looks before the change the one with fewer counts.
            ReadyPodsBefore = status.Verification?.ReadyPodsBefore is { } before ? Math.Min(before, plan.BlastRadius.ReadyPods) : null,
            Generation = last?.Generation is > 0 ? last.Generation : null,
            ContentHash = last?.ContentHash,
            FormerContentHash = stays ? null : plan.TargetContentHash,
            Situation = view.Situation,
            IsCacheCurrent = new CacheFreshnessGate().Judge(view, now).Decision == GateDecision.Open,
        };
    }

    private static bool Changes(RemediationPlan plan, StepRecord record) =>
        plan.Steps.Any(s => s.Name == record.Name && s.Forward.Any(m => m.Target.Uid == plan.Target.Uid));

    /// <summary>Why nothing is taken back, in words that follow the cause.</summary>
    public static string WhyNot(GateInput view, RemediationRequestStatus status) => IsWanted(view, status) ? "there is nothing that could be undone" : "the runbook leaves things as they are";

    /// <summary>When to judge the gates again although nothing changes.</summary>
    /// <remarks>Gates that rest on time alone, or on things that no watch shows (lease, silence of the API server, pods elsewhere), are judged again after a while.</remarks>
    public static DateTimeOffset LookAgain(ImmutableArray<GateVerdict> verdicts, GateInput view, DateTimeOffset now)
    {
        GateVerdict[] closed = [.. verdicts.Where(static v => v.Decision == GateDecision.Closed)];
        bool unseen = Array.Exists(closed, static v => Unseen.Contains(v.Reason));
        DateTimeOffset soon = now + Recheck;
        DateTimeOffset next = closed.Select(static v => v.NextEligibleTime).OfType<DateTimeOffset>().Append(view.Request.Spec.ExpiresAt)
            .Where(t => t > now).DefaultIfEmpty(soon).Min();
        return unseen && soon < next ? soon : next;
    }

    // A human's word goes before the runbook's, and what a step says of its own failure before what the runbook says of any.
    private static bool IsWanted(GateInput view, RemediationRequestStatus status) =>
        HumanAnswers.Noted(status.Verification, view)?.Answer == HumanAnswer.Undo
        || (StepFailure.Ending(view.Request, status) is { AppliedAt: null } failed
            ? StepFailure.ActionOf(view.Request, failed) == StepFailureAction.RollBack
            : view.Request.Spec.OnFailure is null or FailureAction.RollBack);

    private static PlannedStep? Next(GateInput view, RemediationRequestStatus status) => !IsWanted(view, status)
        ? null
        : view.Request.Spec.Plan.Steps.LastOrDefault(s => RemediationLifecycle.RecordOf(status, s)?.State == StepState.Applied && !s.Inverse.IsEmpty);

    private static RemediationDecision WithInverseGates(GateInput view, NextStep step, DateTimeOffset now)
    {
        ImmutableArray<GateVerdict> verdicts = GateChain.Judge(GateChain.Inverse, view, now);
        return GateChain.FirstObstacle(verdicts) is { } obstacle
            ? new(new NextStep.Wait(obstacle, LookAgain(verdicts, view, now)), verdicts)
            : new(step, verdicts);
    }
}
