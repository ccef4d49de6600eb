using System.Collections.Concurrent;

namespace Firstline.Benchmarks.Crashes;

/// <summary>Kills the operator at every request that it makes, before and after, one run per point; a new one finds what is left. Several theatres play at once.</summary>
internal static class CrashCampaign
{
    /// <param name="points">How many points are drawn; null for every one.</param>
    /// <param name="seed">Draws them.</param>
    /// <param name="theatres">How many rounds are played at once.</param>
    /// <param name="tell">Told of each round in one line.</param>
    public static async Task<CrashReport> RunAsync(int? points, int seed, int theatres, Action<string> tell)
    {
        ConcurrentQueue<Performance> played = new();
        await Rounds.PlayAsync([.. Scenarios.All.Select(static s => (s, (Ordeal)new Crash(null)))], theatres, isDurable: false, Add);
        (Scenario, Ordeal)[] all =
        [
            .. from baseline in played.OrderBy(static p => p.Scenario.Name, StringComparer.Ordinal).ToArray()
               from number in Enumerable.Range(1, baseline.Requests)
               from isAnswered in (bool[])[false, true]
               select (baseline.Scenario, (Ordeal)new Crash(new CrashPoint(number, isAnswered))),
        ];
        new Random(seed).Shuffle(all);

        // However few are played, each trouble has its share of them.
        all = [.. all.GroupBy(static round => round.Item1).SelectMany(static rounds => rounds.Index()).OrderBy(static round => round.Index).Select(static round => round.Item)];
        await Rounds.PlayAsync([.. points is { } count ? all.Take(count) : all], theatres, isDurable: false, Add);
        return new CrashReport(seed, [.. played]);

        void Add(Performance performance)
        {
            played.Enqueue(performance);
            tell($"{played.Count,4}  {performance}");
        }
    }
}
