using System.Collections.Concurrent;

namespace Firstline.Benchmarks.Crashes;

/// <summary>Plays the troubles while the world around the operator is in trouble: server faults, clocks that jump an hour, two operators at once, an API server that is started anew.</summary>
internal static class TrialCampaign
{
    /// <summary>About as many requests as an operator makes from its start to the end of a trouble.</summary>
    private const int LastRequest = 90;

    private const int Kinds = 5;

    /// <param name="rounds">How many are played: seven troubles and five kinds in turn, so that each trouble meets each kind within thirty-five.</param>
    /// <param name="seed">Draws the moments and the faults.</param>
    /// <param name="theatres">How many rounds are played at once.</param>
    /// <param name="tell">Told of each round in one line.</param>
    public static async Task<CrashReport> RunAsync(int rounds, int seed, int theatres, Action<string> tell)
    {
        ConcurrentQueue<Performance> played = new();
        Random random = new(seed);
        await Rounds.PlayAsync(
            [.. Enumerable.Range(0, rounds).Select(i => (Scenarios.All[i % Scenarios.All.Length], OrdealOf(i, random)))], theatres, isDurable: true, performance =>
            {
                played.Enqueue(performance);
                tell($"{played.Count,4}  {performance}");
            });
        return new CrashReport(seed, [.. played]);
    }

    private static Ordeal OrdealOf(int number, Random random)
    {
        CrashPoint point = new(random.Next(1, LastRequest + 1), random.Next(2) == 0);
        return (number % Kinds) switch
        {
            0 => new ServerFaults(random.Next()),
            1 => new ClockJump(point, TimeSpan.FromHours(1)),
            2 => new ClockJump(point, TimeSpan.FromHours(-1)),
            3 => new Pair(point),
            _ => new ServerRestart(point),
        };
    }
}
