using System.Diagnostics.CodeAnalysis;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Runtime;

/// <summary>One run of the reconciler and what follows from it.</summary>
public sealed partial class Controller<T>
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The runtime loop is where errors end: logged, retried.")]
    private async Task<string> ReconcileOnceAsync(NamespacedName key, CancellationToken abort)
    {
        using CancellationTokenSource limit = new(_options.ReconcileTimeout, _clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(abort, limit.Token);
        try
        {
            return Succeeded(key, await CallAsync(key, linked.Token));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return "error";
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Retry(key, () => LogTimedOut(Name, key, _options.ReconcileTimeout));
        }
        catch (TerminalException e)
        {
            _queue.Forget(key);
            RuntimeMetrics.FailedForGood(Name);
            LogTerminal(Name, key, e.Message);
            return "error";
        }
        catch (Exception e) when (e is TransientException or KubeException { IsTransient: true })
        {
            return Retry(key, () => LogTransient(Name, key, e.Message), (e as KubeException)?.RetryAfter);
        }
        catch (KubeException e)
        {
            return Retry(key, () => LogRefused(Name, key, e.Message), e.RetryAfter);
        }
        catch (Exception e)
        {
            return Retry(key, () => LogBug(e, Name, key));
        }
    }

    private async Task<ReconcileResult> CallAsync(NamespacedName key, CancellationToken ct)
    {
        if (_informer.Find(key) is { } resource)
        {
            return await _reconciler.ReconcileAsync(resource, ct);
        }

        await _reconciler.DeletedAsync(key, ct);
        return ReconcileResult.Done;
    }

    private string Succeeded(NamespacedName key, ReconcileResult result)
    {
        _queue.Forget(key);
        if (result.RequeueAfter is not { } after)
        {
            return "success";
        }

        _queue.AddAfter(key, after);
        return "requeue_after";
    }

    private string Retry(NamespacedName key, Action log, TimeSpan? askedFor = null)
    {
        log();
        RuntimeMetrics.Failed(Name);
        _queue.AddRateLimited(key, askedFor ?? TimeSpan.Zero);
        return "error";
    }

    [LoggerMessage(1201, LogLevel.Information, "{Controller} {Key}: tried again with backoff: {Reason}")]
    private partial void LogTransient(string controller, NamespacedName key, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "{Controller} {Key}: not tried again until it changes: {Reason}")]
    private partial void LogTerminal(string controller, NamespacedName key, string reason);

    [LoggerMessage(1203, LogLevel.Error, "{Controller} {Key}: the reconciler failed unexpectedly; tried again with backoff")]
    private partial void LogBug(Exception e, string controller, NamespacedName key);

    [LoggerMessage(1204, LogLevel.Warning, "{Controller} {Key}: the reconcile took longer than {Limit} and was cancelled; tried again with backoff")]
    private partial void LogTimedOut(string controller, NamespacedName key, TimeSpan limit);

    [LoggerMessage(1205, LogLevel.Error, "{Controller} {Key}: the API server refused a request; tried again with backoff: {Reason}")]
    private partial void LogRefused(string controller, NamespacedName key, string reason);

    [LoggerMessage(1206, LogLevel.Warning, "{Controller} {Key}: the cache has not shown this controller's own write for {Waited}; waiting on")]
    private partial void LogCacheBehind(string controller, NamespacedName key, TimeSpan waited);
}
