using System.Diagnostics.Metrics;

namespace Firstline.Kube.Events;

internal static class EventMetrics
{
    private static readonly Counter<long> Dropped = KubeMeter.Instance.CreateCounter<long>(
        "event_recorder_dropped_total", description: "Events that were not stored, by reason: full (recorded faster than sent), spam (over an object's budget), failed (refused or unreachable).");

    public static void Drop(string reason) => Dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
