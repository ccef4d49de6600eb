using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What Prometheus answered to a query at one moment.</summary>
public abstract record MetricAnswer
{
    private MetricAnswer()
    {
    }

    /// <summary>It answered; without samples there is no such metric.</summary>
    public sealed record Samples(ImmutableArray<MetricSample> Values) : MetricAnswer;

    /// <summary>There is no answer that counts.</summary>
    /// <param name="Why">What went wrong, in one sentence without secrets.</param>
    public sealed record Unknown(string Why) : MetricAnswer;
}
