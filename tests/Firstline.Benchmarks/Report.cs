using System.Collections.Immutable;

namespace Firstline.Benchmarks;

/// <summary>All figures of one run.</summary>
internal sealed record Report(ImmutableArray<Measure> Measures)
{
    public bool HoldsAllBars => Measures.All(static m => m.Holds);

    public string ToText() => string.Join('\n', Measures);
}
