using System.Diagnostics.Metrics;

namespace Firstline.Kube.Queue;

/// <summary>client-go's work queue metrics, one label <c>name</c>.</summary>
internal sealed class QueueMetrics(string queue)
{
    private static readonly UpDownCounter<long> DepthGauge = KubeMeter.Instance.CreateUpDownCounter<long>(
        "workqueue_depth", description: "Current depth of workqueue.");

    private static readonly Counter<long> Adds = KubeMeter.Instance.CreateCounter<long>(
        "workqueue_adds_total", description: "Total number of adds handled by workqueue.");

    private static readonly Histogram<double> Wait = KubeMeter.Instance.CreateHistogram<double>(
        "workqueue_queue_duration_seconds", "s", "How long in seconds an item stays in workqueue before being requested.");

    private static readonly Histogram<double> Work = KubeMeter.Instance.CreateHistogram<double>(
        "workqueue_work_duration_seconds", "s", "How long in seconds processing an item from workqueue takes.");

    private static readonly Counter<long> Retries = KubeMeter.Instance.CreateCounter<long>(
        "workqueue_retries_total", description: "Total number of retries handled by workqueue.");

    private readonly KeyValuePair<string, object?> _name = new("name", queue);

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
}
