using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What was read for a check that a runbook declares.</summary>
/// <param name="At">When it was asked for: what it says may be that old.</param>
public abstract record CheckReading(DateTimeOffset At)
{
    /// <summary>How long a reading tells of what is.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>An answer of Prometheus.</summary>
    public sealed record OfMetric(DateTimeOffset At, MetricAnswer Answer) : CheckReading(At);

    /// <summary>An answer to a probe.</summary>
    public sealed record OfProbe(DateTimeOffset At, ProbeAnswer Answer) : CheckReading(At);

    /// <summary>Why what was asked outside the cluster gave no answer; null when it gave one.</summary>
    public string? WhyUnanswered => this switch
    {
        OfMetric { Answer: MetricAnswer.Unknown unknown } => unknown.Why,
        OfProbe { Answer: ProbeAnswer.Unknown unknown } => unknown.Why,
        _ => null,
    };

    /// <summary>The Jobs of the target's namespace, from the cache.</summary>
    public sealed record OfJobs(DateTimeOffset At, ImmutableArray<JobFacts> Jobs) : CheckReading(At);
}
