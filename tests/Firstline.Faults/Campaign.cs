using System.Collections.Concurrent;
using System.Diagnostics;

namespace Firstline.Faults;

/// <summary>Plays many schedules on one API server and looks for what they leave behind.</summary>
internal static class Campaign
{
    /// <summary>Schedules at once: most of a schedule's time is waiting.</summary>
    private const int AtOnce = 12;

    /// <summary>Timers and sockets of the runtime itself that may come and go.</summary>
    private const int Few = 8;

    private const long Growth = 8 * 1024 * 1024;

    public static async Task<CampaignResult> RunAsync(int first, int runs)
    {
        ConcurrentQueue<string> violations = new();
        EventHandler<UnobservedTaskExceptionEventArgs> unobserved = (_, e) => violations.Enqueue($"an exception that nobody saw: {e.Exception.InnerException?.Message}");
        TaskScheduler.UnobservedTaskException += unobserved;
        long start = Stopwatch.GetTimestamp();
        ConnectionTally connections = new();
        int warm = Math.Max(1, runs / 10);
        await PlayAsync(first, warm, violations, connections);
        Leftovers before = Leftovers.Take();
        await PlayAsync(first + warm, runs - warm, violations, connections);
        Leftovers after = Leftovers.Take();
        TaskScheduler.UnobservedTaskException -= unobserved;
        return new CampaignResult(
            runs, Stopwatch.GetElapsedTime(start), before.LiveBytes, after.LiveBytes, connections, [.. violations, .. after.Since(before, Growth, Few)]);
    }

    private static async Task PlayAsync(int first, int runs, ConcurrentQueue<string> violations, ConnectionTally connections)
    {
        await using World world = await World.StartAsync(connections);
        await Parallel.ForEachAsync(
            Enumerable.Range(first, runs),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (seed, _) =>
            {
                foreach (string violation in await Schedule.RunAsync(seed, world))
                {
                    violations.Enqueue(violation);
                }
            });
    }
}
