using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What was read for a check that a runbook declares.</summary>
/// <param name="At">When it was asked for: what it says may be that old.</param>
public abstract record CheckReading(DateTimeOffset At)
{
    /// <summary>An answer of Prometheus.</summary>
    public sealed record OfMetric(DateTimeOffset At, MetricAnswer Answer) : CheckReading(At);

    /// <summary>An answer to a probe.</summary>
    public sealed record OfProbe(DateTimeOffset At, ProbeAnswer Answer) : CheckReading(At);

    /// <summary>The Jobs of the target's namespace, from the cache.</summary>
    public sealed record OfJobs(DateTimeOffset At, ImmutableArray<JobFacts> Jobs) : CheckReading(At);
}
