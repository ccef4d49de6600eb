using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Detection;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Runtime;

namespace Firstline.Controllers.Detection;

/// <summary>Takes up what a human says of an incident in <c>spec.feedback</c>: records what follows, tells it, and counts it. Open or over, since people look back.</summary>
public sealed class FeedbackController(Informer<RemediationPolicy> policies, IStatusWriter status, IEventRecorder recorder, TimeProvider clock) : IReconciler<Incident>
{
    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(Incident resource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (resource.Metadata.DeletionTimestamp is not null || resource.Spec.Feedback == resource.Status?.Feedback?.Given)
        {
            return ReconcileResult.Done;
        }

        IncidentStatus part = resource.Spec.Feedback is { } given ? Taken(resource, given, clock.GetUtcNow()) : new();
        await status.ApplyAsync(Incident.Type, resource.Metadata, part, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Feedback, ct);
        if (part.Feedback is { } record)
        {
            FeedbackMetrics.Taken(record.Given, resource);
            recorder.Record(ObjectReference.Of(Incident.Type, resource.Metadata), EventType.Normal, DetectorTuning.ReasonOf(record), $"{record.Given}: {record.Effect}");
        }

        return ReconcileResult.Done;
    }

    private IncidentStatus Taken(Incident incident, Feedback given, DateTimeOffset now)
    {
        FeedbackRecord record = DetectorTuning.Record(given, incident, policies.Find(new NamespacedName("", RemediationPolicy.DefaultName))?.Spec.Feedback, now);
        string reason = DetectorTuning.ReasonOf(record);
        return new()
        {
            Feedback = record,
            Conditions =
            [
                new()
                {
                    Type = ConditionTypes.Tuned,
                    Status = reason == FeedbackReasons.FeedbackCounted ? ConditionStatus.False : ConditionStatus.True,
                    Reason = reason,
                    Message = $"{given}: {record.Effect}",
                    ObservedGeneration = incident.Metadata.Generation,
                    LastTransitionTime = now,
                },
            ],
        };
    }
}
