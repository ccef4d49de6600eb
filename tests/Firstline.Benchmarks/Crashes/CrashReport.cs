using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Benchmarks.Crashes;

/// <summary>What many rounds came to.</summary>
internal sealed record CrashReport(int Seed, ImmutableArray<Performance> Rounds)
{
    public ImmutableArray<string> Violations => [.. Rounds.SelectMany(r => r.Violations.Select(v => $"{r.Scenario}, {r.Ordeal.What}: {v}"))];

    /// <summary>Rounds in which something was done to an operator.</summary>
    public ImmutableArray<Performance> Tried => [.. Rounds.Where(static r => r.Ordeal.IsReached)];

    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {string.Concat(Violations.Select(v => $"violation (seed {Seed}): {v}\n"))}{string.Join('\n', Rounds.GroupBy(static r => r.Scenario.Name).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(Line))}
        tried: {Tried.Length} ({string.Join(", ", Tried.GroupBy(static r => r.Ordeal.Kind).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(static g => $"{g.Key} {g.Count()}"))}), rounds in which the operator lived: {Rounds.Length - Tried.Length}, violations: {Violations.Length}
        """);

    private static string Line(IGrouping<string, Performance> rounds) =>
        $"{rounds.Key,-22} {rounds.Count(),4} rounds: {string.Join(", ", rounds.GroupBy(static r => r.End).OrderByDescending(static g => g.Count()).Select(static g => $"{g.Count()} {(g.Key.Length > 0 ? g.Key : "without an end")}"))}";
}
