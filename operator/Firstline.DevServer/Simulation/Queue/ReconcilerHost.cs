using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Queue;

/// <summary>Runs all reconcilers on few workers. A failure is retried with growing waits; it never ends the simulation.</summary>
internal sealed partial class ReconcilerHost : IDisposable
{
    private const int Workers = 8;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly DelayQueue<Work> _queue;
    private readonly Dictionary<Work, int> _failures = [];
    private readonly Lock _gate = new();
    private readonly ILogger _log;

    public ReconcilerHost(ImmutableArray<IReconciler> reconcilers, TimeProvider clock, ILogger log)
    {
        _queue = new DelayQueue<Work>(clock);
        _log = log;
        foreach (IReconciler reconciler in reconcilers)
        {
            foreach (Trigger trigger in reconciler.Triggers)
            {
                trigger.Source.Changed += (before, after) => Enqueue(reconciler, trigger, before, after);
            }
        }
    }

    public void Add(IReconciler reconciler, NamespacedName key) => _queue.Add(new Work(reconciler, key));

    public Task RunAsync(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(ct), ct)));

    public void Dispose() => _queue.Dispose();

    private void Enqueue(IReconciler reconciler, Trigger trigger, KubeObject? before, KubeObject? after)
    {
        IEnumerable<NamespacedName> keys = before is null ? [] : trigger.Keys(before);
        foreach (NamespacedName key in keys.Union(after is null ? [] : trigger.Keys(after)))
        {
            _queue.Add(new Work(reconciler, key));
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            Work work = await _queue.TakeAsync(ct);
            await RunOneAsync(work, ct);
            _queue.Done(work);
        }
    }

    private async Task RunOneAsync(Work work, CancellationToken ct)
    {
        try
        {
            TimeSpan? again = await work.Reconciler.ReconcileAsync(work.Key, ct);
            Forget(work);
            if (again is { } delay)
            {
                _queue.AddAfter(work, delay);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            TimeSpan wait = (failure as ApiException)?.RetryAfter ?? NextWait(work);
            LogRetry(work.Reconciler.Name, work.Key, wait, failure.Message);
            _queue.AddAfter(work, wait);
        }
        catch (Exception bug) when (!ct.IsCancellationRequested)
        {
            // An object of a shape nobody thought of must not stop the others.
            LogBug(bug, work.Reconciler.Name, work.Key);
            _queue.AddAfter(work, LongestWait);
        }
    }

    private TimeSpan NextWait(Work work)
    {
        lock (_gate)
        {
            int failures = _failures.GetValueOrDefault(work);
            _failures[work] = failures + 1;
            return TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << Math.Min(failures, 20), LongestWait.Ticks));
        }
    }

    private void Forget(Work work)
    {
        lock (_gate)
        {
            _failures.Remove(work);
        }
    }

    [LoggerMessage(6010, LogLevel.Debug, "{Controller} {Key}: trying again in {Wait}: {Error}")]
    private partial void LogRetry(string controller, NamespacedName key, TimeSpan wait, string error);

    [LoggerMessage(6011, LogLevel.Error, "{Controller} {Key}: failed unexpectedly")]
    private partial void LogBug(Exception bug, string controller, NamespacedName key);

    private readonly record struct Work(IReconciler Reconciler, NamespacedName Key);
}
