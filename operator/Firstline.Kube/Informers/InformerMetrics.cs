using System.Diagnostics.Metrics;
using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>client-go's reflector metrics, one label <c>name</c>: what is watched.</summary>
internal sealed class InformerMetrics(ResourceQuery query)
{
    private static readonly Counter<long> Lists = KubeMeter.Instance.CreateCounter<long>(
        "reflector_lists_total", description: "Total number of API lists done by the reflectors.");

    private static readonly Counter<long> Watches = KubeMeter.Instance.CreateCounter<long>(
        "reflector_watches_total", description: "Total number of API watches done by the reflectors.");

    private static readonly Counter<long> Failures = KubeMeter.Instance.CreateCounter<long>(
        "reflector_failures_total", description: "Lists and watches that failed, by reason.");

    private static readonly Histogram<double> ListDuration = KubeMeter.Instance.CreateHistogram<double>(
        "reflector_list_duration_seconds", "s", "How long an API list takes to return and decode for the reflectors.", null, MetricBuckets.Request);

    private static readonly Counter<long> Events = KubeMeter.Instance.CreateCounter<long>(
        "reflector_events_total", description: "Watch events received, by type.");

    private static readonly Counter<long> Undecoded = KubeMeter.Instance.CreateCounter<long>(
        "reflector_undecodable_total", description: "Versions of objects that could not be decoded; the cache kept what it had.");

    private static readonly Gauge<int> UnreadableNow = KubeMeter.Instance.CreateGauge<int>(
        "reflector_unreadable_objects", description: "Objects whose newest version cannot be decoded; what rests on them waits.");

    private readonly KeyValuePair<string, object?> _name = new("name", query.ToString());

    public void Listed(TimeSpan elapsed)
    {
        Lists.Add(1, _name);
        ListDuration.Record(elapsed.TotalSeconds, _name);
    }

    public void Undecodable() => Undecoded.Add(1, _name);

    public void Unreadable(int objects) => UnreadableNow.Record(objects, _name);

    public void Watched() => Watches.Add(1, _name);

    public void Failed(string reason) => Failures.Add(1, _name, new("reason", reason));

    public void Received(WatchEventKind kind) => Events.Add(1, _name, new("type", kind.ToString()));
}
