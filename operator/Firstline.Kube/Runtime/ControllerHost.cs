using System.Collections.Immutable;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Queue;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Runtime;

/// <summary>
/// Runs controllers in order: informers start, caches fill, the lease is won, workers start. It stops in the reverse order: workers take no
/// more keys, what is in work finishes, the lease is given back, the watches end.
/// </summary>
/// <remarks>What controller-runtime calls the manager.</remarks>
public sealed partial class ControllerHost(
    SharedInformers informers, IEnumerable<IController> controllers, LeaderElector? elector, TimeProvider clock, ILogger<ControllerHost> log,
    ControllerHostOptions? options = null)
{
    private readonly ControllerHostOptions _options = options ?? new ControllerHostOptions();
    private readonly ImmutableArray<IController> _controllers = [.. controllers];
    private readonly ILogger _log = log;
    private volatile bool _isWorking;

    /// <summary>True when all caches are filled: for <c>/readyz</c>. A standby that waits for the lease is ready.</summary>
    public bool IsReady => informers.All.All(i => i.HasSynced);

    /// <summary>True while workers take keys.</summary>
    public bool IsWorking => _isWorking;

    /// <summary>What all controllers have to do now.</summary>
    public QueueLoad Load => _controllers.Aggregate(QueueLoad.None, static (sum, controller) => sum + controller.Load);

    /// <summary>Runs until <paramref name="ct"/> is cancelled and all has stopped.</summary>
    /// <exception cref="NotLeaderException">The lease was lost: the process should end and start anew.</exception>
    /// <exception cref="TransientException">The caches did not fill in time; the message names those that did not.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        using CancellationTokenSource watches = new();
        informers.Start(watches.Token);
        try
        {
            await WaitForCachesAsync(ct);
            if (elector is null)
            {
                await WorkAsync(ct);
            }
            else
            {
                await elector.RunAsync(WorkAsync, ct);
                ThrowIfLost(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            LogStopped();
        }
        finally
        {
            await watches.CancelAsync();
            await informers.StoppedAsync();
        }
    }

    private static void ThrowIfLost(CancellationToken ct)
    {
        if (!ct.IsCancellationRequested)
        {
            throw new NotLeaderException("the lease was lost, so all controllers have stopped; start the process anew to stand for it again");
        }
    }

    private async Task WaitForCachesAsync(CancellationToken ct)
    {
        using CancellationTokenSource limit = new(_options.SyncTimeout, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await informers.WaitForSyncAsync(linked.Token);
            LogSynced(informers.All.Length);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            string missing = string.Join("; ", informers.All.Where(i => !i.HasSynced).Select(i => $"{i.Query} ({i.Trouble ?? "no answer yet"})"));
            throw new TransientException(
                $"these caches did not fill within {_options.SyncTimeout.TotalSeconds:0} s: {missing}: check that these kinds are installed and may be listed", e);
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        using CancellationTokenSource abort = new();
        _isWorking = true;
        Task[] running = [.. _controllers.Select(c => c.RunAsync(ct, abort.Token))];
        try
        {
            await UntilStoppedAsync(running, ct);
        }
        finally
        {
            _isWorking = false;
            await DrainAsync(running, abort);
        }
    }

    /// <summary>Returns at the stop signal, or when a controller ends before it, which only a bug makes it do.</summary>
    private static async Task UntilStoppedAsync(Task[] running, CancellationToken ct)
    {
        TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = ct.Register(() => stop.TrySetResult());
        await Task.WhenAny([stop.Task, .. running]);
    }

    private async Task DrainAsync(Task[] running, CancellationTokenSource abort)
    {
        if (elector is { IsLeader: false })
        {
            await abort.CancelAsync();   // another may lead already: nothing may go on
        }

        await using ITimer deadline = clock.CreateTimer(_ => abort.Cancel(), null, _options.DrainTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            if (elector is { IsLeader: false })
            {
                LogCancelled();
            }
            else
            {
                LogDrainCut(_options.DrainTimeout);
            }
        }
    }

    [LoggerMessage(1211, LogLevel.Information, "All {Count} caches are filled")]
    private partial void LogSynced(int count);

    [LoggerMessage(1212, LogLevel.Information, "Stopped")]
    private partial void LogStopped();

    [LoggerMessage(1213, LogLevel.Warning, "Reconciles in work did not finish within {Limit} and were cancelled")]
    private partial void LogDrainCut(TimeSpan limit);

    [LoggerMessage(1214, LogLevel.Warning, "Reconciles in work were cancelled, because the lease is lost")]
    private partial void LogCancelled();
}
