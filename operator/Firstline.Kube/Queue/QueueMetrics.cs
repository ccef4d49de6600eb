using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Firstline.Kube.Queue;

/// <summary>client-go's work queue metrics, one label <c>name</c>.</summary>
internal sealed class QueueMetrics(string queue) : IDisposable
{
    private static readonly UpDownCounter<long> DepthGauge = KubeMeter.Instance.CreateUpDownCounter<long>(
        "workqueue_depth", description: "Current depth of workqueue.");

    private static readonly Counter<long> Adds = KubeMeter.Instance.CreateCounter<long>(
        "workqueue_adds_total", description: "Total number of adds handled by workqueue.");

    private static readonly Histogram<double> Wait = KubeMeter.Instance.CreateHistogram<double>(
        "workqueue_queue_duration_seconds", "s", "How long in seconds an item stays in workqueue before being requested.", null, MetricBuckets.Queue);

    private static readonly Histogram<double> Work = KubeMeter.Instance.CreateHistogram<double>(
        "workqueue_work_duration_seconds", "s", "How long in seconds processing an item from workqueue takes.", null, MetricBuckets.Queue);

    private static readonly Counter<long> Retries = KubeMeter.Instance.CreateCounter<long>(
        "workqueue_retries_total", description: "Total number of retries handled by workqueue.");

    private static readonly ConcurrentDictionary<QueueMetrics, Func<IEnumerable<TimeSpan>>> InWork = new();

    private readonly KeyValuePair<string, object?> _name = new("name", queue);

    static QueueMetrics()
    {
        KubeMeter.Instance.CreateObservableGauge(
            "workqueue_unfinished_work_seconds", static () => Observe(static ages => ages.Sum(static a => a.TotalSeconds)), "s",
            "How many seconds of work has been done that is in progress and hasn't been observed by work_duration.");
        KubeMeter.Instance.CreateObservableGauge(
            "workqueue_longest_running_processor_seconds", static () => Observe(static ages => ages.Select(static a => a.TotalSeconds).DefaultIfEmpty().Max()), "s",
            "How many seconds has the longest running processor for workqueue been running.");
    }

    /// <summary>Shows what is in work until <see cref="Dispose"/>.</summary>
    /// <param name="ages">How long each key that a worker holds has been with it; called from any thread.</param>
    public void Show(Func<IEnumerable<TimeSpan>> ages) => InWork[this] = ages;

    public void Dispose() => InWork.TryRemove(this, out _);

    public void Added()
    {
        Adds.Add(1, _name);
        DepthGauge.Add(1, _name);
    }

    public void Taken(TimeSpan waited)
    {
        DepthGauge.Add(-1, _name);
        Wait.Record(waited.TotalSeconds, _name);
    }

    public void Worked(TimeSpan elapsed) => Work.Record(elapsed.TotalSeconds, _name);

    public void Retried() => Retries.Add(1, _name);

    private static IEnumerable<Measurement<double>> Observe(Func<IEnumerable<TimeSpan>, double> sum) =>
        InWork.Select(queue => new Measurement<double>(sum(queue.Value()), queue.Key._name));
}
