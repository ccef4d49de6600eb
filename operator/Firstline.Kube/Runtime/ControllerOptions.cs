using Firstline.Kube.Queue;

namespace Firstline.Kube.Runtime;

/// <summary>How a controller works through its keys.</summary>
public sealed record ControllerOptions
{
    /// <summary>Keys reconciled at once; one key is never with two workers.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Waits after failures, per key.</summary>
    public Backoff Backoff { get; init; } = Backoff.PerItem;

    /// <summary>Longest time for one reconcile; then it is cancelled and tried again with backoff.</summary>
    public TimeSpan ReconcileTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
