using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Runtime;

/// <summary>
/// Calls a reconciler for each object of an informer that changed, or that something else points to (<see cref="Watches{TOther}"/>), with
/// per-key order, retries and own-write tracking: a key is not reconciled on a cache that has not seen what its last run wrote.
/// </summary>
public sealed partial class Controller<T> : IController, IDisposable
    where T : class
{
    private static readonly TimeSpan CacheRecheck = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CachePatience = TimeSpan.FromSeconds(90);   // more than a bookmark's minute
    private readonly ConcurrentDictionary<NamespacedName, PendingWrites> _pending = new();
    private readonly Informer<T> _informer;
    private readonly SharedInformers _informers;
    private readonly IReconciler<T> _reconciler;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly WorkQueue<NamespacedName> _queue;
    private readonly WorkLoop<NamespacedName> _loop;

    /// <param name="name">Name in logs and metrics.</param>
    /// <param name="primary">Objects to reconcile.</param>
    /// <param name="informers">All informers, which must have seen a run's writes before the next.</param>
    /// <param name="reconciler">What to do.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="logs">Where to log.</param>
    /// <param name="options">Workers, backoff, timeout.</param>
    /// <param name="filter">Changes that matter; null for all. A filtered change never cancels a promised <see cref="ReconcileResult.RequeueAfter"/>.</param>
    public Controller(
        string name, Informer<T> primary, SharedInformers informers, IReconciler<T> reconciler, TimeProvider clock, ILoggerFactory logs,
        ControllerOptions? options = null, Func<ResourceChange<T>, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(primary);
        Name = name;
        (_informer, _informers, _reconciler, _clock) = (primary, informers, reconciler, clock);
        options ??= new ControllerOptions();
        _log = logs.CreateLogger($"Firstline.Controller.{name}");
        _queue = new WorkQueue<NamespacedName>(name, clock, options.Backoff);
        string kind = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(primary.Query.Type.Kind);
        _loop = new WorkLoop<NamespacedName>(name, kind, _queue, RunOneAsync, options, clock, _log, IsCacheCurrent);
        primary.AddHandler(change => OnChange(change, filter));
    }

    public string Name { get; }

    /// <inheritdoc/>
    public QueueLoad Load => _queue.Load;

    /// <summary>Reconciles the keys that <paramref name="map"/> gives for each change of other objects, such as the owner of a changed pod.</summary>
    public Controller<T> Watches<TOther>(Informer<TOther> other, Func<ResourceChange<TOther>, IEnumerable<NamespacedName>> map)
        where TOther : class
    {
        ArgumentNullException.ThrowIfNull(other);
        other.AddHandler(change =>
        {
            foreach (NamespacedName key in map(change))
            {
                _queue.Add(key);
            }
        });
        return this;
    }

    /// <summary>Reconciles a key soon, for reasons that no watch shows (a webhook, a timer).</summary>
    public void Enqueue(NamespacedName key) => _queue.Add(key);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken stopTaking, CancellationToken abort) => _loop.RunAsync(stopTaking, abort);

    public void Dispose() => _queue.Dispose();

    private void OnChange(ResourceChange<T> change, Func<ResourceChange<T>, bool>? filter)
    {
        if (filter?.Invoke(change) ?? true)
        {
            _queue.Add(change.Key);
        }
    }

    /// <summary>False, with the key put back for a moment, while an informer has not seen what the key's last run wrote.</summary>
    private bool IsCacheCurrent(NamespacedName key)
    {
        if (!_pending.TryGetValue(key, out PendingWrites pending) || _informers.HaveSeen(pending.Writes))
        {
            _pending.TryRemove(key, out _);
            return true;
        }

        TimeSpan waited = _clock.GetElapsedTime(pending.Since);
        if (waited > CachePatience)
        {
            LogCacheBehind(Name, key, waited);
        }

        _queue.AddAfter(key, waited > CachePatience ? TimeSpan.FromSeconds(5) : CacheRecheck + (waited / 2));
        return false;
    }

    private async Task<ReconcileResult> RunOneAsync(NamespacedName key, CancellationToken ct)
    {
        using WriteScope scope = WriteScope.Begin();
        try
        {
            if (_informer.Find(key) is { } resource)
            {
                return await _reconciler.ReconcileAsync(resource, ct);
            }

            await _reconciler.DeletedAsync(key, ct);
            return ReconcileResult.Done;
        }
        finally
        {
            Remember(key, scope.Writes);
        }
    }

    private void Remember(NamespacedName key, ImmutableArray<WrittenObject> writes)
    {
        if (writes.Length > 0)
        {
            _pending[key] = new PendingWrites(writes, _clock.GetTimestamp());
        }
    }

    [LoggerMessage(1206, LogLevel.Warning, "{Controller} {Key}: the cache has not shown this controller's own write for {Waited}; waiting on")]
    private partial void LogCacheBehind(string controller, NamespacedName key, TimeSpan waited);

    private readonly record struct PendingWrites(ImmutableArray<WrittenObject> Writes, long Since);
}
