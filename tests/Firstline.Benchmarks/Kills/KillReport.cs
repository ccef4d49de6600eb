using System.Collections.Immutable;
using System.Globalization;

namespace Firstline.Benchmarks.Kills;

/// <summary>What many kills came to.</summary>
internal sealed record KillReport
{
    public required int Seed { get; init; }

    /// <summary>What they competed for.</summary>
    public required LeaseTimes Lease { get; init; }

    /// <summary>All rounds, those whose point was not reached included.</summary>
    public required ImmutableArray<Round> Rounds { get; init; }

    /// <summary>What the server holds of each broken Deployment.</summary>
    public required ImmutableArray<Account> Accounts { get; init; }

    /// <summary>Writes of an operator that did not hold the lease.</summary>
    public required ImmutableArray<string> Trespasses { get; init; }

    /// <summary>Operators that ended without having been killed.</summary>
    public required ImmutableArray<End> Ends { get; init; }

    /// <summary>Rounds that did not come to their end in time.</summary>
    public required ImmutableArray<string> Stuck { get; init; }

    public ImmutableArray<Round> Kills => [.. Rounds.Where(static r => r.Kill is not null)];

    public TimeSpan LongestTakeover => Kills.Select(static r => r.Takeover).DefaultIfEmpty().Max();

    private TimeSpan LongestSinceRenewal => Kills.Select(static r => r.SinceRenewal).DefaultIfEmpty().Max();

    /// <summary>What went wrong whatever the machine's speed, one sentence each.</summary>
    public ImmutableArray<string> Wrongs => [.. Accounts.SelectMany(static a => a.Wrongs), .. Trespasses, .. Stuck, .. Ends.Where(static e => !e.IsOrderly).Select(static e => $"{e}")];

    /// <summary>All that went wrong, takeovers that took too long included.</summary>
    public ImmutableArray<string> Violations =>
    [
        .. Wrongs,
        .. Kills.Where(r => r.SinceRenewal > Lease.Bar).Select(static r => $"round {r.Number}: takeover {r.SinceRenewal.TotalSeconds:0.00} s after the last renewal"),
    ];

    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {string.Concat(Violations.Select(v => $"violation (seed {Seed}): {v}\n"))}{string.Concat(Ends.Select(static e => $"{e}\n"))}{ByPoint()}
        incidents: {Accounts.Sum(static a => a.Incidents.Length)} of {Accounts.Length} broken workloads, resolved {Accounts.Count(static a => a.Is("Resolved"))}, escalated {Accounts.Count(static a => a.Is("Escalated"))}; writes without the lease: {Trespasses.Length}; operators that ended by themselves: {Ends.Length}
        kills: {Kills.Length}, takeover max {LongestTakeover.TotalSeconds:0.00} s after the kill, {LongestSinceRenewal.TotalSeconds:0.00} s after the last renewal (lease {Lease.Duration.TotalSeconds:0.#} s, bar {Lease.Bar.TotalSeconds:0.##} s), double actions: {Accounts.Count(static a => a.IsDoubled)}, lost incidents: {Accounts.Count(static a => a.IsLost)}
        """);

    private string ByPoint() => string.Join('\n', KillPoint.All.Select(point =>
    {
        ImmutableArray<Round> there = [.. Kills.Where(r => r.Point == point)];
        string times = there.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"takeover {there.Min(static r => r.Takeover).TotalSeconds:0.00} to {there.Max(static r => r.Takeover).TotalSeconds:0.00} s");
        return $"{point.Name,-20} {there.Length,3} kills  {times}";
    }));
}
