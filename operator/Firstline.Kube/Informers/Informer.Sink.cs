using Firstline.Api.Meta;
using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>The side of the informer that the reflector writes to.</summary>
public sealed partial class Informer<T> : IReflectorSink
{
    private Dictionary<NamespacedName, StoreEntry<T>>? _list;
    private Dictionary<NamespacedName, (string Version, Exception Failure)> _unlisted = [];   // on the list, but not decodable

    void IReflectorSink.Touch(DateTimeOffset now)
    {
        Interlocked.Exchange(ref _lastContact, now.UtcTicks);
        _trouble = null;
    }

    void IReflectorSink.Fail(string reason) => _trouble = reason;

    void IReflectorSink.BeginList() => (_list, _unlisted) = ([], []);

    void IReflectorSink.ListItem(ReadOnlySpan<byte> json)
    {
        ResourceHeader header = ResourceHeader.Read(json);
        NamespacedName key = new(header.Namespace, header.Name);
        StoreEntry<T>? last = Kept(key, header);
        if (last is { } known && known.Version == header.ResourceVersion)
        {
            _list![key] = known;
        }
        else if (Decode(json, last?.Value, out Exception? failure) is { } value)
        {
            _list![key] = new(value, header.Uid, header.ResourceVersion);
        }
        else
        {
            _unlisted[key] = (header.ResourceVersion, failure!);
            if (last is { } kept)
            {
                _list![key] = kept;
            }
        }
    }

    void IReflectorSink.EndList(string resourceVersion)
    {
        lock (_delivery)
        {
            Dictionary<NamespacedName, StoreEntry<T>> list = _list ?? [];
            _list = null;
            List<ResourceChange<T>> changes = _store.Replace(list);
            MarkUnlisted();
            _seen.Relisted(resourceVersion);
            _deletions.Relisted(resourceVersion);
            _synced.TrySetResult();   // before handlers run: what they wake up may read the cache
            Deliver(changes);
        }
    }

    string IReflectorSink.Event(WatchEventKind kind, ReadOnlySpan<byte> json)
    {
        ResourceHeader header = ResourceHeader.Read(json);
        NamespacedName key = new(header.Namespace, header.Name);
        lock (_delivery)
        {
            ResourceChange<T>[] changes = kind != WatchEventKind.Bookmark && !IsStale(kind, key, header) ? Apply(kind, key, header, json) : [];
            _seen.Saw(header, kind);   // before handlers run: a key that they wake up is not put back to wait for what the cache holds already
            Deliver(changes);
        }

        return header.ResourceVersion;
    }

    /// <summary>True when the cache surely holds what was written, or will never hold it.</summary>
    bool IInformer.HasSeen(WrittenObject written)
    {
        bool isOutside = Query.Namespace.Length > 0 && Query.Namespace != written.Key.Namespace;
        bool mayBeOutside = Query.LabelSelector.Length + Query.FieldSelector.Length > 0 && _store.Entry(written.Key) is null;
        return written.Type != Query.Type || isOutside || mayBeOutside || _seen.Covers(written);
    }

    private ResourceChange<T>[] Apply(WatchEventKind kind, NamespacedName key, ResourceHeader header, ReadOnlySpan<byte> json)
    {
        if (kind == WatchEventKind.Deleted)
        {
            _deletions.Add(key, header.ResourceVersion);
        }

        Exception? failure = null;
        T? value = kind == WatchEventKind.Deleted ? null : Decode(json, Kept(key, header)?.Value, out failure);
        ResourceChange<T>[] changes = failure is null || Kept(key, header) is null
            ? Store(key, value, header)   // also takes out an object of the same name that is surely gone
            : [];

        if (failure is not null)
        {
            MarkUnreadable(key, header.ResourceVersion, failure);
        }
        else if (_unreadable.Remove(key))
        {
            LogDecodable(Query, key);
        }

        return changes;
    }

    private void MarkUnreadable(NamespacedName key, string version, Exception failure)
    {
        if (_unreadable.Add(key, version, failure) is { } reason)
        {
            LogUndecodable(Query, key, reason);
        }
    }

    private void MarkUnlisted()
    {
        foreach ((NamespacedName key, (string version, Exception failure)) in _unlisted)
        {
            MarkUnreadable(key, version, failure);
        }

        _unreadable.Keep(_unlisted.ContainsKey);
        _unlisted = [];
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

    /// <summary>Duplicated and late events, which a broken proxy can produce, do not turn the cache back.</summary>
    private bool IsStale(WatchEventKind kind, NamespacedName key, ResourceHeader header)
    {
        string? held = _store.Entry(key)?.Version;
        bool isRepeated = held == header.ResourceVersion && kind != WatchEventKind.Deleted && _unreadable.VersionOf(key) is null;
        return isRepeated || IsBefore(header, held ?? _deletions.Floor(key)) || IsBefore(header, _unreadable.VersionOf(key));
    }

    private static bool IsBefore(ResourceHeader header, string? known) =>
        known is not null && known != header.ResourceVersion && ResourceVersions.IsAtLeast(known, header.ResourceVersion) == true;

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
}
