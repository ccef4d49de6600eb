using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What metrics tell of the requests that a target serves.</summary>
/// <param name="ErrorRatio">Share of requests that failed, over <see cref="Window"/>.</param>
/// <param name="BaselineErrorRatio">The same over <see cref="Baseline"/> before that.</param>
/// <param name="Latency">Latency in seconds at each of <see cref="Quantiles"/>, over <see cref="Window"/>.</param>
public sealed record TrafficFacts(TrafficReading ErrorRatio, TrafficReading BaselineErrorRatio, ImmutableArray<TrafficReading> Latency)
{
    /// <summary>The last while, as Prometheus writes it.</summary>
    public const string Window = "15m";

    /// <summary>What it is compared with, as Prometheus writes it.</summary>
    public const string Baseline = "1d";

    /// <summary><see cref="Window"/> as a length of time.</summary>
    public static readonly TimeSpan WindowLength = TimeSpan.FromMinutes(15);

    /// <summary><see cref="Baseline"/> as a length of time.</summary>
    public static readonly TimeSpan BaselineLength = TimeSpan.FromDays(1);

    /// <summary>The quantiles of <see cref="Latency"/>.</summary>
    public static readonly ImmutableArray<double> Quantiles = [0.5, 0.95, 0.99];
}
