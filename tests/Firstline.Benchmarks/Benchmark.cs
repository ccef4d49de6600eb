using System.Collections.Immutable;
using Firstline.Cli.Development;
using Firstline.Kube.Informers;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks;

/// <summary>The operator in a process of its own; API server, simulated cluster and measuring watches in this one.</summary>
internal static class Benchmark
{
    /// <summary>Runs that are played before the measured ones, each wave to its end before the next: what is measured is an operator that has been at work, whose runbook may go to many targets at once.</summary>
    private static readonly ImmutableArray<int> Waves = [1, 2, 4, 8];

    private const int Starts = 5;

    /// <summary>As many as the demo plays, and as the first two waves have.</summary>
    private const int DemoIncidents = 3;

    private static int WarmUps => Waves.Sum();

    public static async Task<Report> RunAsync(int runs, string? program)
    {
        Moments moments = new();
        using DevFolder folder = DevFolder.Open(null);
        using ILoggerFactory logs = folder.CreateLog(TimeProvider.System);
        await using DevEnvironment environment = await DevEnvironment.StartAsync(
            new DevOptions { Operator = Part.Off, Speed = 20 }, folder, logs, TimeProvider.System, CancellationToken.None);
        using RequestLog requests = new(moments) { Port = environment.Server.Port };
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(environment.Client, TimeProvider.System);
        Stage stage = new(environment.Client, informers, moments);
        informers.Start(stop.Token);
        await informers.WaitForSyncAsync(CancellationToken.None);
        await stage.LiftLimitsAsync();

        ImmutableArray<TimeSpan> starts = await StartsAsync(stage, folder.Kubeconfig, program);
        await using OperatorProcess instance = await StartAsync(stage, folder.Kubeconfig, program, Starts);
        double idle = instance.Megabytes("VmRSS");
        TimeSpan begun = moments.Now;
        double inDemo = 0;
        ImmutableArray<Run> measured = await PlayAsync(stage, runs, played => inDemo = played <= DemoIncidents ? instance.Megabytes("VmRSS") : inDemo);
        await stage.SettleAsync();
        ImmutableArray<TimeSpan> rules = RuleTimes.Measure();
        ImmutableArray<ServedRequest> made = [.. requests.All.Where(r => r.Start >= begun)];
        Report report = new(
        [
            new($"start of the process to first reconcile, median of {Starts}", Percentile(starts, 50), "ms", 1000),
            new($"CrashLoopBackOff status to Incident, p50 of {runs}", Percentile(measured.Select(static m => m.ToIncident), 50), "ms", null),
            new($"CrashLoopBackOff status to Incident, p99 of {runs}", Percentile(measured.Select(static m => m.ToIncident), 99), "ms", 100),
            new($"CrashLoopBackOff status to the diagnosis' first page, p50 of {runs}", Percentile(measured.Select(static m => m.ToPage), 50), "ms", null),
            new($"CrashLoopBackOff status to the diagnosis' first page, p99 of {runs}", Percentile(measured.Select(static m => m.ToPage), 99), "ms", 2000),
            new("rules of a diagnosis with all that one may rest on, p50", Percentile(rules, 50), "ms", 50),
            new($"CrashLoopBackOff status to L1 patch, p50 of {runs}", Percentile(measured.Select(static m => m.ToPatch), 50), "ms", null),
            new($"CrashLoopBackOff status to L1 patch, p99 of {runs}", Percentile(measured.Select(static m => m.ToPatch), 99), "ms", 250),
            new("yardstick: the same piece of work beside each of them, p50", Percentile(measured.Select(static m => m.Yardstick), 50), "ms", null),
            new("yardstick, p99", Percentile(measured.Select(static m => m.Yardstick), 99), "ms", null),
            new($"writes of an incident's life, Events apart, mean of {runs + WarmUps}", WritesOf(made, static r => r.Code < 400 && !IsRunbooks(r)) / (double)(runs + WarmUps), "", 12),
            new("writes of runbooks, which count their runs, mean", WritesOf(made, static r => r.Code < 400 && IsRunbooks(r)) / (double)(runs + WarmUps), "", null),
            new("writes that were refused, mean", WritesOf(made, static r => r.Code >= 400) / (double)(runs + WarmUps), "", null),
            new("operator's resident memory when idle", idle, "MB", 120),
            new($"operator's resident memory after {DemoIncidents} incidents, as in the demo", inDemo, "MB", 120),
            new($"operator's resident memory after {runs + WarmUps} incidents", instance.Megabytes("VmRSS"), "MB", 120),
            new("operator's resident memory at its highest", instance.Megabytes("VmHWM"), "MB", 120),
        ])
        {
            Details = $"Requests per incident:\n{Timeline.OfKinds(made, runs + WarmUps)}\n\nSlowest:\n{Timeline.OfSlowest(measured, made, 5)}",
        };
        await stop.CancelAsync();
        await informers.StoppedAsync();
        return report;
    }

    private static int WritesOf(ImmutableArray<ServedRequest> requests, Func<ServedRequest, bool> which) =>
        requests.Count(r => r.IsWrite && which(r) && !r.Resource.StartsWith("events", StringComparison.Ordinal));

    // However many incidents end, a runbook is written every ten seconds at the most.
    private static bool IsRunbooks(ServedRequest request) => request.Resource.StartsWith("runbooks", StringComparison.Ordinal);

    private static async Task<ImmutableArray<TimeSpan>> StartsAsync(Stage stage, string kubeconfig, string? program)
    {
        ImmutableArray<TimeSpan>.Builder starts = ImmutableArray.CreateBuilder<TimeSpan>();
        for (int i = 0; i < Starts; i++)
        {
            await using OperatorProcess instance = await StartAsync(stage, kubeconfig, program, i);
            starts.Add(await instance.FirstReconcile);
        }

        return starts.ToImmutable();
    }

    // Each start finds a runbook that nobody has judged yet, so that there is a first reconcile to be told of.
    private static async Task<OperatorProcess> StartAsync(Stage stage, string kubeconfig, string? program, int number)
    {
        await stage.AddRunbookAsync(number);
        OperatorProcess instance = OperatorProcess.Start(kubeconfig, program, "--leader-election", "off");
        await instance.FirstReconcile;
        return instance;
    }

    private static async Task<ImmutableArray<Run>> PlayAsync(Stage stage, int runs, Action<int> settled)
    {
        int played = 0;
        foreach (int wave in Waves)
        {
            for (int i = 0; i < wave; i++)
            {
                await stage.PlayAsync(played++);
            }

            await stage.SettleAsync();
            settled(played);
        }

        ImmutableArray<Run>.Builder measured = ImmutableArray.CreateBuilder<Run>();
        while (played < WarmUps + runs)
        {
            measured.Add(await stage.PlayAsync(played++));
        }

        return measured.ToImmutable();
    }

    /// <summary>Nearest rank, in milliseconds.</summary>
    private static double Percentile(IEnumerable<TimeSpan> values, int percent)
    {
        TimeSpan[] sorted = [.. values.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)].TotalMilliseconds;
    }
}
