using System.Collections.Immutable;
using Firstline.Core.Gates;

namespace Firstline.Host.Health;

/// <summary>Whether the caches show the cluster as it is.</summary>
internal static class CacheCheck
{
    /// <summary>
    /// How long a cache may go without contact after its watch broke: as long as the gate allows. A quiet one is listed again before that, so that one break
    /// just before, and a few tries to connect again, do not count.
    /// </summary>
    public static readonly TimeSpan LongestSilence = CacheFreshnessGate.LongestSilence;

    /// <returns>Which caches are not filled or are cut off, in one sentence; null when none is.</returns>
    public static string? Problem(IEnumerable<CacheState> caches, DateTimeOffset now)
    {
        ImmutableArray<CacheState> all = [.. caches];
        string[] empty = [.. all.Where(static c => !c.HasSynced).Select(static c => c.Name)];
        CacheState[] silent = [.. all.Where(c => c is { HasSynced: true, Trouble: not null } && now - c.LastContact > LongestSilence)];
        return (empty, silent) switch
        {
            ({ Length: > 0 }, _) => $"not filled yet: {string.Join(", ", empty)}",
            (_, { Length: > 0 }) => $"no contact for more than {LongestSilence.TotalSeconds:0} s: {string.Join(", ", silent.Select(static c => c.Name))} ({silent[0].Trouble})",
            _ => null,
        };
    }
}
