using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Kube.Client;

namespace Firstline.Benchmarks.Crashes;

/// <summary>A round: one trouble, what is done to the operator that deals with it, and the judgement of what came of it.</summary>
internal static class Rounds
{
    /// <summary>How long anything may take; far more than it does on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    /// <param name="rounds">What is played.</param>
    /// <param name="theatres">On how many theatres.</param>
    /// <param name="isDurable">Whether their API servers can be started anew.</param>
    /// <param name="add">Told of each round.</param>
    public static Task PlayAsync(ImmutableArray<(Scenario Scenario, Ordeal Ordeal)> rounds, int theatres, bool isDurable, Action<Performance> add)
    {
        ConcurrentQueue<(Scenario Scenario, Ordeal Ordeal)> left = new(rounds);
        return Task.WhenAll(Enumerable.Range(0, Math.Min(theatres, rounds.Length)).Select(_ => Task.Run(async () =>
        {
            while (!left.IsEmpty)
            {
                await using Theatre theatre = await Theatre.StartAsync(isDurable);
                bool isClean = true;
                for (int number = 1; isClean && left.TryDequeue(out (Scenario Scenario, Ordeal Ordeal) round); number++)
                {
                    Performance performance = await PlayAsync(theatre, round.Scenario, round.Ordeal, $"round-{number}");
                    add(performance);
                    isClean = performance.Violations.IsEmpty;   // what went wrong in one round is not to disturb the next
                }
            }
        })));
    }

    private static async Task<Performance> PlayAsync(Theatre theatre, Scenario scenario, Ordeal ordeal, string ns)
    {
        TimeSpan begun = theatre.Moments.Now;
        Performance performance = new(scenario, ordeal);
        try
        {
            await theatre.OpenAsync(ns);
            await scenario.BreakAsync(theatre, ns);
            long generation = Generation(await theatre.FindAsync(scenario.Type, scenario.KeyIn(ns)));
            await ordeal.PlayAsync(theatre, theatre.Picture.UntilAsync("the end", () => theatre.Picture.IsOver(ns), Limit));
            JsonNode? target = await theatre.FindAsync(scenario.Type, scenario.KeyIn(ns));
            performance = performance.Judged(
                theatre.Picture.IncidentsOf(ns), theatre.Picture.RequestsOf(ns), target, EffectsSince(theatre, begun) with { ByTarget = target is null || generation == 0 ? null : (int)(Generation(target) - generation) });
            await theatre.CloseAsync(ns, Limit);
        }
        catch (Exception e) when (e is TimeoutException or KubeException)
        {
            performance = performance with { Violations = [$"silence: {e.Message}; {theatre.Picture.TextOf(ns)}\n{string.Join('\n', theatre.LastWords)}"] };
        }

        return performance;
    }

    private static long Generation(JsonNode? target) => (long?)target?["metadata"]?["generation"] ?? 0;

    // Its own records, and those of the cluster that tell of it, are no effects.
    private static Effects EffectsSince(Theatre theatre, TimeSpan begun)
    {
        ServedRequest[] writes =
        [
            .. theatre.Log.All.Where(r => r is { IsWrite: true, IsDryRun: false } && r.Start >= begun && r.Resource != "remediationpolicies/status"
                && r.Resource.Split('/')[0] is not ("incidents" or "remediationrequests" or "runbooks" or "events" or "leases")),
        ];
        return new(writes.Count(static r => r.IsDone), writes.Count(static r => r.Code == RequestLog.ClientGone));
    }
}
