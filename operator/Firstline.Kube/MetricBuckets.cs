using System.Diagnostics.Metrics;

namespace Firstline.Kube;

/// <summary>Bounds of histograms in seconds: up to where client-go and controller-runtime have theirs, with fewer of them; theirs of queues begin at 1e-8.</summary>
internal static class MetricBuckets
{
    /// <summary>Work queues: from what a look into memory takes to what a stuck worker takes.</summary>
    public static readonly InstrumentAdvice<double> Queue = new() { HistogramBucketBoundaries = [0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000] };

    /// <summary>Requests and reconciles.</summary>
    public static readonly InstrumentAdvice<double> Request = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60] };
}
