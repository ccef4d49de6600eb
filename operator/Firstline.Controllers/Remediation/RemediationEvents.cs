using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Events;

namespace Firstline.Controllers.Remediation;

/// <summary>Tells each step where people look: as an Event on the request and on the object that is, or would be, changed.</summary>
public sealed class RemediationEvents(IEventRecorder recorder)
{
    public void Tell(RemediationRequest before, RemediationRequestStatus after, RemediationDecision decision, StepOutcome outcome)
    {
        if (decision.Decisive is { } look)
        {
            Tell(before, (EventType.Normal, look.Reason, look.Message));
        }

        if (TextOf(before, after, decision.Step, outcome) is { } text)
        {
            Tell(before, text);
        }
    }

    /// <summary>Tells that the API server does not take the request's status.</summary>
    public void TellRefused(RemediationRequest request, string refusal) => Tell(request, (EventType.Warning, Reasons.StatusRefused, refusal));

    private void Tell(RemediationRequest before, (EventType Type, string Reason, string Message) text)
    {
        (EventType type, string reason, string message) = text;
        recorder.Record(ObjectReference.Of(RemediationRequest.Type, before.Metadata), type, reason, message);
        if (TargetTypes.Of(before.Spec.Plan.Target) is { } target)
        {
            ObjectReference about = new(target, TargetTypes.Key(before.Spec.Plan.Target, before), before.Spec.Plan.Target.Uid);
            recorder.Record(about, type, reason, $"{message} (RemediationRequest {before.Metadata.Name})");
        }
    }

    private static (EventType Type, string Reason, string Message)? TextOf(
        RemediationRequest before, RemediationRequestStatus after, NextStep step, StepOutcome outcome) => (step, outcome) switch
    {
        (NextStep.RecordIntent { Direction: PlanDirection.Forward } intent, _) => (EventType.Normal, Reasons.Executing, intent.Step.Summary),
        (NextStep.RecordIntent intent, _) => (EventType.Warning, Reasons.RollingBack, $"undoing: {intent.Step.Summary}"),
        (NextStep.Execute { Direction: PlanDirection.Forward } or NextStep.Recognise, StepOutcome.Applied applied) => (EventType.Normal, Reasons.Executed, applied.Message),
        (NextStep.Execute, StepOutcome.Applied) => (EventType.Normal, Reasons.RolledBack, "the change was undone"),
        (_, StepOutcome.Failed failed) => (EventType.Warning, failed.Reason, failed.Message),
        (NextStep.Recognise { GiveUp: { } why }, StepOutcome.Waiting partly) => (EventType.Warning, why, partly.Message),
        (_, StepOutcome.Drifted drifted) => (EventType.Warning, Reasons.StepDrifted, drifted.Message),
        (_, StepOutcome.Refused refused) => (EventType.Warning, Reasons.StepRefused, refused.Message),
        (NextStep.Ask, _) when before.Status?.Stage != after.Stage => (EventType.Warning, Reasons.AnswerNeeded, after.NextStep ?? ""),
        (NextStep.Wait wait, _) when HasChanged(before, after) => (EventType.Normal, wait.Obstacle.Reason, after.NextStep ?? wait.Obstacle.Message),
        (NextStep.Conclude { Outcome: RemediationOutcome.Succeeded or RemediationOutcome.NoActionRequired or RemediationOutcome.Stale or RemediationOutcome.Cancelled } end, _) =>
            (EventType.Normal, end.Outcome.ToString(), end.Message),
        (NextStep.Conclude end, _) => (EventType.Warning, end.Outcome.ToString(), end.Message),
        _ => null,
    };

    private static bool HasChanged(RemediationRequest before, RemediationRequestStatus after) =>
        ReasonOf(before.Status) != ReasonOf(after);

    private static string? ReasonOf(RemediationRequestStatus? status) =>
        status?.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Permitted)?.Reason;
}
