using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Detection;
using Firstline.Kube.Events;

namespace Firstline.Controllers.Detection;

/// <summary>Says on the incident and on the object in trouble what was detected, for <c>kubectl describe</c> of either.</summary>
public sealed class DetectionEvents(IEventRecorder recorder)
{
    internal void Opened(Incident incident, TargetRef target, SignalNews news)
    {
        if (BuiltinTypes.Find(target.Kind) is { } type)
        {
            recorder.Record(
                new(type, new(target.Namespace ?? "", target.Name), target.Uid), EventType.Warning, DetectionReasons.IncidentOpened,
                $"incident {incident.Metadata.Name} was opened: {news.Name}: {news.Summary}");
        }
    }

    internal void Held(Finding finding, DateTimeOffset until, string why)
    {
        FeedbackMetrics.HeldBack(finding.Detector);
        if (BuiltinTypes.Find(finding.Target.Kind) is { } type)
        {
            recorder.Record(
                new(type, new(finding.Target.Namespace ?? "", finding.Target.Name), finding.Target.Uid), EventType.Normal, DetectionReasons.FindingHeld,
                string.Create(CultureInfo.InvariantCulture, $"{finding.Detector} is held back until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {why}"));
        }
    }

    internal void Heard(Incident incident, TargetRef target, SignalNews news, int count)
    {
        ObjectReference about = ObjectReference.Of(Incident.Type, incident.Metadata);
        if (news.IsFiring)
        {
            recorder.Record(
                about, EventType.Warning, DetectionReasons.SignalFired,
                string.Create(CultureInfo.InvariantCulture, $"{news.Name} on {target}: {news.Summary} (report {count})"));
        }
        else
        {
            recorder.Record(about, EventType.Normal, DetectionReasons.SignalResolved, $"{news.Name} on {target} no longer fires");
        }
    }
}
