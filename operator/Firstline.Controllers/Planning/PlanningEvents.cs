using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Events;

namespace Firstline.Controllers.Planning;

/// <summary>Tells on the incident, as Events, what was planned and how it ended.</summary>
public sealed class PlanningEvents(IEventRecorder recorder)
{
    public void Planned(Incident incident, RemediationRequest request) => recorder.Record(
        About(incident), EventType.Normal, Reasons.Planned, $"{request.Metadata.Name} (level {request.Spec.Level}): {request.Spec.Plan.Summary}");

    /// <summary>Tells of handing over and of the end, when they have just come about.</summary>
    public void Tell(Incident incident, IncidentStatus before, IncidentStatus after)
    {
        if (Became(before, after, ConditionTypes.Escalated) is { } escalated)
        {
            recorder.Record(About(incident), EventType.Warning, Reasons.Escalated, after.NextStep ?? escalated.Message);
        }

        if (Became(before, after, ConditionTypes.Attached) is { } attached)
        {
            recorder.Record(About(incident), EventType.Normal, attached.Reason, attached.Message);
        }

        if (Became(before, after, ConditionTypes.Resolved) is { } resolved)
        {
            recorder.Record(About(incident), EventType.Normal, resolved.Reason, resolved.Message);
        }
    }

    private static Condition? Became(IncidentStatus before, IncidentStatus after, string type) =>
        after.Conditions.FirstOrDefault(c => c.Type == type && c.Status == ConditionStatus.True)
            is { } now && !before.Conditions.Any(c => c.Type == type && c.Status == ConditionStatus.True && c.Reason == now.Reason) ? now : null;

    private static ObjectReference About(Incident incident) => ObjectReference.Of(Incident.Type, incident.Metadata);
}
