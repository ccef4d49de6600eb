using Firstline.Kube.Client;

namespace Firstline.Benchmarks.Crashes;

/// <summary>One trouble, what is done to the operator that deals with it, and the judgement of what came of it.</summary>
internal static class Round
{
    /// <summary>How long anything may take; far more than it does on an idle machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task<Performance> PlayAsync(Theatre theatre, Scenario scenario, Ordeal ordeal, string ns)
    {
        TimeSpan begun = theatre.Moments.Now;
        Performance performance = new(scenario, ordeal);
        try
        {
            await theatre.OpenAsync(ns);
            await scenario.BreakAsync(theatre, ns);
            await ordeal.PlayAsync(theatre, theatre.Picture.UntilAsync("the end", () => theatre.Picture.IsOver(ns), Limit));
            performance = performance.Judged(
                theatre.Picture.IncidentsOf(ns), theatre.Picture.RequestsOf(ns), await theatre.FindAsync(scenario.Type, new(ns, scenario.Target)), EffectsSince(theatre, begun));
            await theatre.CloseAsync(ns, Limit);
        }
        catch (Exception e) when (e is TimeoutException or KubeException)
        {
            performance = performance with { Violations = [$"silence: {e.Message}; {theatre.Picture.TextOf(ns)}\n{string.Join('\n', theatre.LastWords)}"] };
        }

        return performance;
    }

    // Its own records, and those of the cluster that tell of it, are no effects.
    private static int EffectsSince(Theatre theatre, TimeSpan begun) => theatre.Log.All.Count(r => r is { IsWrite: true, IsDone: true, IsDryRun: false } && r.Start >= begun
        && r.Resource.Split('/')[0] is not ("incidents" or "remediationrequests" or "runbooks" or "events" or "leases"));
}
