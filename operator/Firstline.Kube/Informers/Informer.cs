using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Informers;

/// <summary>
/// A cache of small projections of all objects that a query covers, kept current by one list and one watch (one for each part where it is read in parts),
/// with handlers that are told each change. Get it from <see cref="SharedInformers"/>, so that each query is watched once.
/// </summary>
public sealed partial class Informer<T> : IInformer, IReadOnlyStore<T>
    where T : class
{
    private readonly Lock _delivery = new();
    private readonly Store<T> _store = new();
    private readonly ImmutableArray<Part> _parts;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly UnreadableObjects _unreadable;
    private readonly Reprojection<T> _projection;
    private readonly ILogger _log;
    private ImmutableArray<Action<ResourceChange<T>>> _handlers = [];

    internal Informer(ResourceQuery query, ImmutableArray<ResourceQuery> parts, Reprojection<T> projection, ILogger log)
    {
        Query = query;
        _parts = [.. parts.Select(part => new Part(this, part))];
        _projection = projection;
        _log = log;
        _unreadable = new UnreadableObjects(query);
        Listed();   // of nothing there is nothing to wait for
    }

    public ResourceQuery Query { get; }

    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public ImmutableArray<ResourceQuery> Parts => [.. _parts.Select(static p => p.Query)];

    public DateTimeOffset LastContact => _parts.IsEmpty ? DateTimeOffset.MaxValue : _parts.Min(static p => p.LastContact);

    public string? Trouble => _parts.Select(static p => p.Trouble).FirstOrDefault(static t => t is not null);

    public ImmutableArray<UnreadableObject> Unreadable => _unreadable.All;

    public Task WaitForSyncAsync(CancellationToken ct) => _synced.Task.WaitAsync(ct);

    public T? Find(NamespacedName key)
    {
        EnsureSynced();
        return _store.Entry(key)?.Value;
    }

    /// <summary>resourceVersion of what is held under the key; null when nothing is, or when it is not the one that is meant.</summary>
    public string? VersionOf(NamespacedName key, Func<T, bool> isMeant)
    {
        ArgumentNullException.ThrowIfNull(isMeant);
        return _store.Entry(key) is { } held && isMeant(held.Value) ? held.Version : null;
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

    /// <summary>Where reflectors put what they read, one for each part.</summary>
    internal IEnumerable<(ResourceQuery Query, IReflectorSink Sink)> Sinks => _parts.Select(static p => (p.Query, (IReflectorSink)p));

    /// <summary>True when the cache surely holds what was written, or will never hold it.</summary>
    bool IInformer.HasSeen(WrittenObject written)
    {
        bool mayBeOutside = Query.LabelSelector.Length + Query.FieldSelector.Length > 0 && _store.Entry(written.Key) is null;
        return written.Type != Query.Type || mayBeOutside || _parts.FirstOrDefault(p => p.Query.Covers(written.Key)) is not { } part || part.HasSeen(written);
    }

    private void EnsureSynced()
    {
        if (!HasSynced)
        {
            throw new TransientException($"the cache of {Query} is not filled yet; wait for WaitForSyncAsync before reading it");
        }
    }

    private void Listed()
    {
        if (_parts.All(static p => p.IsListed))
        {
            _synced.TrySetResult();
        }
    }

    private ResourceChange<T>[] Store(NamespacedName key, T? value, ResourceHeader header)
    {
        StoreEntry<T>? before = _store.Entry(key);
        if (value is null && before is null)
        {
            return [];
        }

        T? old = _store.Set(key, value is null ? null : new StoreEntry<T>(value, header.Uid, header.ResourceVersion));
        bool isAnother = old is not null && value is not null && before?.Uid != header.Uid;
        return isAnother ? [new(key, old, null), new(key, null, value)] : [new(key, old, value)];
    }

    /// <summary>What the cache has of this very object, to be kept while a newer version cannot be decoded, and to be reused by one that can.</summary>
    private StoreEntry<T>? Kept(NamespacedName key, ResourceHeader header) =>
        _store.Entry(key) is { } known && known.Uid == header.Uid ? known : null;

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "One object that a projection cannot read must not hide all others.")]
    private T? Decode(ReadOnlySpan<byte> json, T? before, out Exception? failure)
    {
        failure = null;
        try
        {
            return _projection(json, before);
        }
        catch (Exception e)
        {
            failure = e;
            return null;
        }
    }

    private void MarkReadable(NamespacedName key, ResourceHeader header, Exception? failure)
    {
        if (failure is not null)
        {
            MarkUnreadable(key, header.ResourceVersion, failure);
        }
        else if (_unreadable.Remove(key))
        {
            LogDecodable(Query, key);
        }
    }

    private void MarkUnreadable(NamespacedName key, string version, Exception failure)
    {
        if (_unreadable.Add(key, version, failure) is { } reason)
        {
            LogUndecodable(Query, key, reason);
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
