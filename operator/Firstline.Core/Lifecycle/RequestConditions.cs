using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Verification;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>States the conditions of a RemediationRequest from its status and the last decision.</summary>
internal static class RequestConditions
{
    public static ImmutableArray<Condition> Of(RemediationRequest request, RemediationRequestStatus after, RemediationDecision decision, DateTimeOffset now)
    {
        ConditionList list = new(request.Status?.Conditions ?? [], request.Metadata.Generation, now);
        Permitted(list, after, decision);
        Executed(list, request, after);
        Verified(list, after, decision);
        Summary(list, after, decision.Step);
        return list.ToImmutable();
    }

    private static void Permitted(ConditionList list, RemediationRequestStatus after, RemediationDecision decision)
    {
        if (decision.Verdicts.IsEmpty)
        {
            list.Keep(ConditionTypes.Permitted);
            return;
        }

        _ = GateChain.FirstObstacle(after.Gates) is { } obstacle
            ? list.Set(ConditionTypes.Permitted, ConditionStatus.False, obstacle.Reason, obstacle.Message)
            : list.Set(ConditionTypes.Permitted, ConditionStatus.True, Reasons.GatesOpen, $"all {decision.Verdicts.Length} gates are open");
    }

    private static void Executed(ConditionList list, RemediationRequest request, RemediationRequestStatus after)
    {
        int applied = after.Steps.Count(static s => s.State == StepState.Applied);
        int planned = request.Spec.Plan.Steps.Length;
        (ConditionStatus status, string reason, string message) = after.Steps switch
        {
            [] => (ConditionStatus.False, Reasons.NotStarted, "nothing was changed"),
            var steps when steps.FirstOrDefault(static s => s.State == StepState.RollingBack) is { } undoing =>
                (ConditionStatus.False, Reasons.RollingBack, $"step {undoing.Name} is being undone"),
            _ when StepFailure.Ending(request, after) is { } failed => (ConditionStatus.False, failed.Reason ?? Reasons.StepRefused, $"step {failed.Name}: {failed.Message}"),
            var steps when steps.Any(static s => s.State == StepState.RolledBack) => (ConditionStatus.False, Reasons.RolledBack, $"the changes were undone{LeftBehind.Of(request, after)}"),
            _ when applied == planned => (ConditionStatus.True, Reasons.Executed, request.Spec.Plan.Summary),
            _ when StepFailure.Next(request, after) is null =>
                (applied > 0 ? ConditionStatus.True : ConditionStatus.False, Reasons.ExecutedInPart, $"{applied} of {Counted.Of(planned, "step")} done{StepFailure.Text(request, after)}"),
            _ => (ConditionStatus.False, Reasons.Executing, $"{applied} of {Counted.Of(planned, "step")} done"),
        };
        list.Set(ConditionTypes.Executed, status, reason, message);
    }

    private static void Verified(ConditionList list, RemediationRequestStatus after, RemediationDecision decision)
    {
        if ((decision.Decisive ?? (decision.Step as NextStep.Verify)?.Look) is { } look)
        {
            ConditionStatus status = look.Record.Result switch
            {
                VerificationResult.Recovered => ConditionStatus.True,
                VerificationResult.Unchanged or VerificationResult.Worse => ConditionStatus.False,
                _ => ConditionStatus.Unknown,
            };
            list.Set(ConditionTypes.Verified, status, look.Reason, look.Message);
        }
        else if (after.Verification is not null && decision.Step is NextStep.Execute { Direction: PlanDirection.Forward } or NextStep.Recognise)
        {
            list.Set(ConditionTypes.Verified, ConditionStatus.Unknown, VerificationReasons.Verifying, "it is not known yet whether it helped");
        }
        else if (after.Verification is null)
        {
            list.Set(ConditionTypes.Verified, ConditionStatus.Unknown, Reasons.NotStarted, "there is nothing to verify yet");
        }
        else
        {
            list.Keep(ConditionTypes.Verified);
        }
    }

    // Reconciling and Stalled follow kstatus: there only while they hold.
    private static void Summary(ConditionList list, RemediationRequestStatus after, NextStep step)
    {
        switch (step)
        {
            case NextStep.Conclude end:
                ConditionStatus status = end.Outcome == RemediationOutcome.Succeeded ? ConditionStatus.True : ConditionStatus.False;
                list.Set(ConditionTypes.Succeeded, status, end.Outcome == RemediationOutcome.Succeeded ? end.Reason : end.Outcome.ToString(), end.Message);
                break;
            case NextStep.Wait wait:
                list.Set(ConditionTypes.Succeeded, ConditionStatus.Unknown, Reasons.InProgress, wait.Obstacle.Name == ApprovalGate.GateName ? "it waits for approval" : $"it waits: gate {wait.Obstacle.Name} is closed");
                list.Set(ConditionTypes.Stalled, ConditionStatus.True, wait.Obstacle.Reason, wait.Obstacle.Message);
                break;
            case NextStep.Ask ask:
                list.Set(ConditionTypes.Succeeded, ConditionStatus.Unknown, Reasons.InProgress, "it waits for a human's answer");
                list.Set(ConditionTypes.Stalled, ConditionStatus.True, Reasons.AnswerNeeded, ask.Question);
                break;
            case NextStep.Settled:
                list.Keep(ConditionTypes.Succeeded);
                break;
            default:
                list.Set(ConditionTypes.Succeeded, ConditionStatus.Unknown, Reasons.InProgress, "under way");
                list.Set(ConditionTypes.Reconciling, ConditionStatus.True, after.Steps.IsEmpty ? Reasons.NotStarted : Reasons.Executing, "under way");
                break;
        }
    }
}
