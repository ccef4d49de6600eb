namespace Firstline.Core.Facts;

/// <summary>One number of the traffic.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Answer">What was answered.</param>
public sealed record TrafficReading(string Query, MetricAnswer Answer)
{
    /// <summary>The number; null where there is none, or where it is no number, as the ratio of no requests.</summary>
    public double? Value => Answer is MetricAnswer.Samples { Values: [{ Value: var value }] } && double.IsFinite(value) ? value : null;

    /// <summary>Why there is no number; null where there is one.</summary>
    public string? WhyNot => Value is not null ? null : Answer is MetricAnswer.Unknown unknown ? unknown.Why : "Prometheus has no such numbers of its pods (prometheus.errorRatio, prometheus.latency)";
}
