using System.Collections.Immutable;

namespace Firstline.Benchmarks;

/// <summary>All figures of one run.</summary>
internal sealed record Report(ImmutableArray<Measure> Measures)
{
    /// <summary>What the operator asked of the API server: how often, and where the time of the slowest runs went.</summary>
    public required string Details { get; init; }

    public bool HoldsAllBars => Measures.All(static m => m.Holds);

    public string ToText() => string.Join('\n', Measures);
}
