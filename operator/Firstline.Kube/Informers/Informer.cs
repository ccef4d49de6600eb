using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Informers;

/// <summary>
/// A cache of small projections of all objects that a query covers, kept current by one list and one watch, with handlers that are told
/// each change. Get it from <see cref="SharedInformers"/>, so that each query is watched once.
/// </summary>
public sealed partial class Informer<T> : IInformer, IReadOnlyStore<T>
    where T : class
{
    private readonly Lock _delivery = new();
    private readonly Store<T> _store = new();
    private readonly SeenVersions _seen = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RecentDeletions _deletions = new();
    private readonly UnreadableObjects _unreadable;
    private readonly Reprojection<T> _projection;
    private readonly ILogger _log;
    private ImmutableArray<Action<ResourceChange<T>>> _handlers = [];
    private long _lastContact;
    private volatile string? _trouble;

    internal Informer(ResourceQuery query, Reprojection<T> projection, ILogger log)
    {
        Query = query;
        _projection = projection;
        _log = log;
        _unreadable = new UnreadableObjects(query);
    }

    public ResourceQuery Query { get; }

    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public DateTimeOffset LastContact => new(Interlocked.Read(ref _lastContact), TimeSpan.Zero);

    public string? Trouble => _trouble;

    public ImmutableArray<UnreadableObject> Unreadable => _unreadable.All;

    public Task WaitForSyncAsync(CancellationToken ct) => _synced.Task.WaitAsync(ct);

    public T? Find(NamespacedName key)
    {
        EnsureSynced();
        return _store.Entry(key)?.Value;
    }

    public ImmutableArray<T> List(string? ns = null)
    {
        EnsureSynced();
        return _store.List(ns);
    }

    public ImmutableArray<T> ByIndex(string index, string value)
    {
        EnsureSynced();
        return _store.ByIndex(index, value);
    }

    /// <summary>Makes objects findable by what <paramref name="selector"/> reads from them, such as their owner's UID; adding a name again changes nothing.</summary>
    public void AddIndex(string name, Func<T, IEnumerable<string>> selector) => _store.AddIndex(name, selector);

    /// <summary>
    /// Calls the handler for each change, in order, one at a time; a handler that comes late is told first what is there already. It runs on the
    /// watch's own thread: put a key into a queue and return.
    /// </summary>
    public void AddHandler(Action<ResourceChange<T>> handler)
    {
        lock (_delivery)
        {
            _handlers = _handlers.Add(handler);
            foreach ((NamespacedName key, StoreEntry<T> entry) in _store.Entries())
            {
                Call(handler, new(key, null, entry.Value));
            }
        }
    }

    private void EnsureSynced()
    {
        if (!HasSynced)
        {
            throw new TransientException($"the cache of {Query} is not filled yet; wait for WaitForSyncAsync before reading it");
        }
    }

    private void Deliver(IEnumerable<ResourceChange<T>> changes)
    {
        foreach (ResourceChange<T> change in changes)
        {
            foreach (Action<ResourceChange<T>> handler in _handlers)
            {
                Call(handler, change);
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "A bug in one handler must not make the others deaf.")]
    private void Call(Action<ResourceChange<T>> handler, ResourceChange<T> change)
    {
        try
        {
            handler(change);
        }
        catch (Exception e)
        {
            LogHandlerFailed(e, Query, change.Key);
        }
    }

    [LoggerMessage(1101, LogLevel.Error, "{Query} {Key}: a handler failed; it missed this change")]
    private partial void LogHandlerFailed(Exception e, ResourceQuery query, NamespacedName key);

    [LoggerMessage(1102, LogLevel.Error, "{Query} {Key}: the object cannot be decoded, so its last readable version is kept and what rests on it waits: {Reason}")]
    private partial void LogUndecodable(ResourceQuery query, NamespacedName key, string reason);

    [LoggerMessage(1103, LogLevel.Information, "{Query} {Key}: the object can be decoded again")]
    private partial void LogDecodable(ResourceQuery query, NamespacedName key);
}
