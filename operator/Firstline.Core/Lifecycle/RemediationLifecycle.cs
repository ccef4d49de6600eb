using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Core.Verification;

namespace Firstline.Core.Lifecycle;

/// <summary>Decides what happens next to a RemediationRequest, from what its status says was done and from what is seen now.</summary>
/// <remarks>
/// The order of a step: all gates open, intent stored, change sent with the step's mark on the object, result stored. Wherever a crash
/// cuts this, the next decision leads on: an intent whose mark is on the object was sent, one whose mark is not was not.
/// </remarks>
public static class RemediationLifecycle
{
    /// <summary>True when the outcome of a request is recorded: nothing has to be read, and nothing is decided, about it any more.</summary>
    public static bool IsSettled(RemediationRequest request) => Progress.IsSettled(request);

    /// <summary>True when what comes next is a look of the verification, for which the checks that the runbook declares are to be read.</summary>
    public static bool IsVerifying(RemediationRequest request) =>
        !IsSettled(request) && request.Status is { Verification: null or { Result: VerificationResult.Pending } } status && Progress.HasFinishedStep(request)
        && StepFailure.Next(request, status) is null && status.Steps.All(static s => s.State is not (StepState.RollingBack or StepState.RolledBack));

    /// <summary>Decides on the values given.</summary>
    public static RemediationDecision Decide(GateInput view, DateTimeOffset now)
    {
        RemediationRequestStatus status = view.Request.Status ?? new();
        if (IsSettled(view.Request))
        {
            return Without(new NextStep.Settled());
        }

        return view.Request.Metadata.DeletionTimestamp is { } asked ? RemediationDeletion.Decide(view, status, asked, now) : Continue(view, status, now);
    }

    /// <summary>Decides about a request that is wanted.</summary>
    internal static RemediationDecision Continue(GateInput view, RemediationRequestStatus status, DateTimeOffset now)
    {
        if (TakingBack.Continue(view, status, now) is { } undoing)
        {
            return undoing;
        }

        if (StepFailure.Ending(view.Request, status) is { } failed)
        {
            return AfterFailure(view, status, failed, now);
        }

        if (status.Verification is { Result: not VerificationResult.Pending } verification)
        {
            return AfterVerification(view, status, verification, now);
        }

        // Its gates refused the rest: they may be open again by now.
        if (status.Steps.Any(static s => s.State == StepState.RolledBack))
        {
            return TakingBack.Begin(view, status, "the rest of the plan was refused", now);
        }

        return StepFailure.Next(view.Request, status) is { } step ? Advance(view, step, RecordOf(status, step), now)
            : Progress.HasFinishedStep(view.Request) ? Verify(view, status, now)
            : AfterFailure(view, status, StepFailure.PassedOver(view.Request, status)[0], now);
    }

    // What a look decides, and what follows from it, is one write.
    private static RemediationDecision Verify(GateInput view, RemediationRequestStatus status, DateTimeOffset now)
    {
        VerificationLook look = Verifier.Look(VerificationOf(view, status, now), now);
        return look.LookAgainAt is not null
            ? Without(new NextStep.Verify(look))
            : AfterVerification(view, status with { Verification = look.Record }, look.Record, now) with { Decisive = look };
    }

    private static RemediationDecision Advance(GateInput view, PlannedStep step, StepRecord? record, DateTimeOffset now)
    {
        ImmutableArray<GateVerdict> verdicts = GateChain.Judge(GateChain.Forward, view, now);
        GateVerdict? obstacle = GateChain.FirstObstacle(verdicts);
        // A refusal ends the request before the first change; after it, what was done is taken back.
        NextStep next = (record?.State, obstacle) switch
        {
            (StepState.Intended, _) when IsOverdue(step, record, now) => new NextStep.Recognise(step, obstacle, Reasons.StepTimedOut),
            (StepState.Intended, null) => new NextStep.Execute(step, PlanDirection.Forward),
            (StepState.Intended, _) => new NextStep.Recognise(step, obstacle, obstacle.Decision == GateDecision.Refused ? Reasons.StepStopped : null),
            (_, null) => new NextStep.RecordIntent(step, PlanDirection.Forward),
            (_, { Decision: GateDecision.Refused }) when view.HasBegun =>
                TakingBack.Begin(view, view.Request.Status!, $"{obstacle.Message}{StepFailure.Text(view.Request, view.Request.Status!)}", now).Step,
            (_, { Decision: GateDecision.Refused }) => new NextStep.Conclude(OutcomeOf(obstacle.Reason), obstacle.Reason, obstacle.Message),
            _ => new NextStep.Wait(obstacle, TakingBack.LookAgain(verdicts, view, now)),
        };
        return new(next, verdicts);
    }

    private static bool IsOverdue(PlannedStep step, StepRecord record, DateTimeOffset now) => now >= record.IntendedAt + step.Timeout?.Value;

    /// <summary>When a step that is under way has had its time; null when it is not under way, or has no limit.</summary>
    public static DateTimeOffset? DueAt(RemediationRequest request, PlannedStep step) =>
        RecordOf(request.Status ?? new(), step) is { State: StepState.Intended } record ? record.IntendedAt + step.Timeout?.Value : null;

    private static RemediationOutcome OutcomeOf(string reason) => reason switch
    {
        GateReasons.Rejected or GateReasons.HumansOnly or GateReasons.PlanHashMismatch => RemediationOutcome.Rejected,
        GateReasons.Expired => RemediationOutcome.Expired,
        GateReasons.NoActionRequired => RemediationOutcome.NoActionRequired,
        GateReasons.ClosedByHand => RemediationOutcome.Cancelled,
        _ => RemediationOutcome.Stale,
    };

    private static RemediationDecision AfterFailure(GateInput view, RemediationRequestStatus status, StepRecord failed, DateTimeOffset now)
    {
        if (failed.AppliedAt is not null)
        {
            return Without(new NextStep.Conclude(RemediationOutcome.RollbackFailed, Reasons.RollbackFailed, $"step {failed.Name} could not be undone: {failed.Message}"));
        }

        if (Progress.HasFinishedStep(view.Request))
        {
            return TakingBack.Begin(view, status, $"step {failed.Name} failed: {failed.Message}", now);
        }

        // What failed halfway, this step or another, is not planned again as if nothing had been changed.
        RemediationOutcome outcome = failed.Reason == Reasons.StepDrifted && !view.HasBegun ? RemediationOutcome.Stale : RemediationOutcome.Failed;
        return Without(new NextStep.Conclude(outcome, failed.Reason ?? Reasons.StepRefused, $"step {failed.Name} {WhatFailed(failed)}: {failed.Message}"));
    }

    private static string WhatFailed(StepRecord failed) => failed.Reason is Reasons.StepRefused or Reasons.StepDrifted or null ? "was not carried out" : "did not succeed";

    private static RemediationDecision AfterVerification(GateInput view, RemediationRequestStatus status, VerificationRecord verification, DateTimeOffset now)
    {
        string seen = string.Join("; ", verification.Checks.Select(static c => c.Message));
        return verification.Result switch
        {
            VerificationResult.Recovered => Without(new NextStep.Conclude(
                RemediationOutcome.Succeeded, Reasons.Succeeded, $"verified: {seen}{StepFailure.Text(view.Request, status)}")),
            VerificationResult.Inconclusive when status.Steps.All(static s => s.State != StepState.RolledBack) => HumanAnswers.Decide(view, status, seen, now),
            _ => TakingBack.Begin(view, status, $"verification says {verification.Result}: {seen}", now),
        };
    }

    private static VerificationInput VerificationOf(GateInput view, RemediationRequestStatus status, DateTimeOffset now) => new()
    {
        Spec = view.Request.Spec.Verification,
        Target = view.Request.Spec.Plan.Target,
        Record = status.Verification,
        ChangedAt = status.Steps.Select(static s => s.AppliedAt).Max() ?? now,
        Generation = LastOnTarget(view.Request.Spec.Plan, status)?.Generation,
        SpecHash = Scaling.IsPlanned(view.Request.Spec.Plan) ? null : LastOnTarget(view.Request.Spec.Plan, status)?.ContentHash,
        Situation = view.Situation,
        Incident = view.Incident,
        Readings = view.Readings,
        IsCacheCurrent = new CacheFreshnessGate().Judge(view, now).Decision == GateDecision.Open,
    };

    private static StepRecord? LastOnTarget(RemediationPlan plan, RemediationRequestStatus status) =>
        (from step in plan.Steps
         let record = RecordOf(status, step)
         where record is { AppliedAt: not null, Generation: > 0 } && step.Forward.Any(m => m.Target.Uid == plan.Target.Uid)
         select record).LastOrDefault();

    internal static StepRecord? RecordOf(RemediationRequestStatus status, PlannedStep step) => status.Steps.FirstOrDefault(r => r.Name == step.Name);

    private static RemediationDecision Without(NextStep step) => new(step, []);
}
