using System.Diagnostics.CodeAnalysis;
using Firstline.Kube.Client;
using Firstline.Kube.Queue;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Runtime;

/// <summary>
/// Takes keys from a queue, several at once and each by one worker at a time, and decides what follows from each run: again after a time, again with backoff, or not
/// until it changes. Every run is logged and counted as controller-runtime does.
/// </summary>
/// <param name="name">The controller's name in logs and metrics.</param>
/// <param name="kind">What a key is called in the scope of log lines, such as <c>incident</c>.</param>
/// <param name="queue">Where keys come from, and where they go back.</param>
/// <param name="run">What is done with a key.</param>
/// <param name="options">Workers and time limit.</param>
/// <param name="clock">Source of time.</param>
/// <param name="log">Where to log.</param>
/// <param name="mayRun">False for a key that is not to be run now and was put back for later; null when each may.</param>
public sealed partial class WorkLoop<TKey>(
    string name, string kind, WorkQueue<TKey> queue, Func<TKey, CancellationToken, Task<ReconcileResult>> run, ControllerOptions options, TimeProvider clock, ILogger log,
    Func<TKey, bool>? mayRun = null)
    where TKey : notnull
{
    private readonly ILogger _log = log;

    /// <summary>
    /// Runs until the queue is shut down; with <paramref name="stopTaking"/> what is in it is let go, with <paramref name="abort"/> work is left in its middle.
    /// </summary>
    public async Task RunAsync(CancellationToken stopTaking, CancellationToken abort)
    {
        RuntimeMetrics.Begun(name, options.Workers);
        using CancellationTokenRegistration stop = stopTaking.Register(queue.ShutDown);
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(() => WorkAsync(stopTaking, abort), CancellationToken.None)));
    }

    private async Task WorkAsync(CancellationToken stopTaking, CancellationToken abort)
    {
        while (await queue.TakeAsync(abort) is (true, var key))
        {
            try
            {
                if (!stopTaking.IsCancellationRequested && mayRun?.Invoke(key) != false)
                {
                    await RunOneAsync(key, abort);
                }
            }
            finally
            {
                queue.Done(key);
            }
        }
    }

    private async Task RunOneAsync(TKey key, CancellationToken abort)
    {
        long start = clock.GetTimestamp();
        RuntimeMetrics.Started(name);
        string result = "error";
        using IDisposable? inWork = _log.BeginScope(new KeyValuePair<string, object?>[] { new("controller", name), new(kind, key.ToString()) });
        try
        {
            result = await ResultAsync(key, abort);
        }
        finally
        {
            RuntimeMetrics.Finished(name, result, clock.GetElapsedTime(start));
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The runtime loop is where errors end: logged, retried.")]
    private async Task<string> ResultAsync(TKey key, CancellationToken abort)
    {
        using CancellationTokenSource limit = new(options.ReconcileTimeout, clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(abort, limit.Token);
        try
        {
            return Succeeded(key, await run(key, linked.Token));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return "error";
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Retry(key, () => LogTimedOut(name, key, options.ReconcileTimeout));
        }
        catch (TerminalException e)
        {
            queue.Forget(key);
            RuntimeMetrics.FailedForGood(name);
            LogTerminal(name, key, e.Message);
            return "error";
        }
        catch (Exception e) when (e is TransientException or KubeException { IsTransient: true })
        {
            return Retry(key, () => LogTransient(name, key, e.Message), (e as KubeException)?.RetryAfter);
        }
        catch (KubeException e)
        {
            return Retry(key, () => LogRefused(name, key, e.Message), e.RetryAfter);
        }
        catch (Exception e)
        {
            return Retry(key, () => LogBug(e, name, key));
        }
    }

    private string Succeeded(TKey key, ReconcileResult result)
    {
        queue.Forget(key);
        if (result.RequeueAfter is not { } after)
        {
            return "success";
        }

        queue.AddAfter(key, after);
        return "requeue_after";
    }

    private string Retry(TKey key, Action log, TimeSpan? askedFor = null)
    {
        log();
        RuntimeMetrics.Failed(name);
        queue.AddRateLimited(key, askedFor ?? TimeSpan.Zero);
        return "error";
    }

    [LoggerMessage(1201, LogLevel.Information, "{Controller} {Key}: tried again with backoff: {Reason}")]
    private partial void LogTransient(string controller, TKey key, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "{Controller} {Key}: not tried again until it changes: {Reason}")]
    private partial void LogTerminal(string controller, TKey key, string reason);

    [LoggerMessage(1203, LogLevel.Error, "{Controller} {Key}: the reconciler failed unexpectedly; tried again with backoff")]
    private partial void LogBug(Exception e, string controller, TKey key);

    [LoggerMessage(1204, LogLevel.Warning, "{Controller} {Key}: the reconcile took longer than {Limit} and was cancelled; tried again with backoff")]
    private partial void LogTimedOut(string controller, TKey key, TimeSpan limit);

    [LoggerMessage(1205, LogLevel.Error, "{Controller} {Key}: the API server refused a request; tried again with backoff: {Reason}")]
    private partial void LogRefused(string controller, TKey key, string reason);
}
