using System.Diagnostics.Metrics;

namespace Firstline.Kube.Runtime;

/// <summary>controller-runtime's metrics.</summary>
internal static class RuntimeMetrics
{
    private static readonly Counter<long> Reconciles = KubeMeter.Instance.CreateCounter<long>(
        "controller_runtime_reconcile_total", description: "Total number of reconciliations per controller.");

    private static readonly Counter<long> Errors = KubeMeter.Instance.CreateCounter<long>(
        "controller_runtime_reconcile_errors_total", description: "Total number of reconciliation errors per controller.");

    private static readonly Counter<long> TerminalErrors = KubeMeter.Instance.CreateCounter<long>(
        "controller_runtime_terminal_reconcile_errors_total", description: "Total number of terminal reconciliation errors per controller.");

    private static readonly Histogram<double> Duration = KubeMeter.Instance.CreateHistogram<double>(
        "controller_runtime_reconcile_time_seconds", "s", "Length of time per reconciliation per controller.", null, MetricBuckets.Request);

    private static readonly UpDownCounter<long> Active = KubeMeter.Instance.CreateUpDownCounter<long>(
        "controller_runtime_active_workers", description: "Number of currently used workers per controller.");

    private static readonly Gauge<int> Workers = KubeMeter.Instance.CreateGauge<int>(
        "controller_runtime_max_concurrent_reconciles", description: "Maximum number of concurrent reconciles per controller.");

    /// <summary>Each series is there from the start, as controller-runtime's: an alert on an increase does not see a series whose first value is an error.</summary>
    public static void Begun(string controller, int workers)
    {
        Workers.Record(workers, Label(controller));
        Active.Add(0, Label(controller));
        Errors.Add(0, Label(controller));
        TerminalErrors.Add(0, Label(controller));
        foreach (string result in (ReadOnlySpan<string>)["success", "requeue_after", "error"])
        {
            Reconciles.Add(0, Label(controller), new("result", result));
        }
    }

    public static void Started(string controller) => Active.Add(1, Label(controller));

    /// <param name="controller">Name of the controller.</param>
    /// <param name="result"><c>success</c>, <c>requeue_after</c> or <c>error</c>.</param>
    /// <param name="elapsed">How long it took.</param>
    public static void Finished(string controller, string result, TimeSpan elapsed)
    {
        Active.Add(-1, Label(controller));
        Reconciles.Add(1, Label(controller), new("result", result));
        Duration.Record(elapsed.TotalSeconds, Label(controller));
    }

    public static void Failed(string controller) => Errors.Add(1, Label(controller));

    /// <summary>A terminal error is one of the errors, too.</summary>
    public static void FailedForGood(string controller)
    {
        Failed(controller);
        TerminalErrors.Add(1, Label(controller));
    }

    private static KeyValuePair<string, object?> Label(string controller) => new("controller", controller);
}
