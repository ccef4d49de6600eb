using Firstline.Api.Meta;
using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>The side of the informer that the reflector writes to.</summary>
public sealed partial class Informer<T> : IReflectorSink
{
    private Dictionary<NamespacedName, StoreEntry<T>>? _list;

    void IReflectorSink.Touch(DateTimeOffset now)
    {
        Interlocked.Exchange(ref _lastContact, now.UtcTicks);
        _trouble = null;
    }

    void IReflectorSink.Fail(string reason) => _trouble = reason;

    void IReflectorSink.BeginList() => _list = [];

    void IReflectorSink.ListItem(ReadOnlySpan<byte> json)
    {
        ResourceHeader header = ResourceHeader.Read(json);
        NamespacedName key = new(header.Namespace, header.Name);
        if (_store.Entry(key) is { } known && known.Uid == header.Uid && known.Version == header.ResourceVersion)
        {
            _list![key] = known;
        }
        else if (Decode(key, json) is { } value)
        {
            _list![key] = new(value, header.Uid, header.ResourceVersion);
        }
    }

    void IReflectorSink.EndList(string resourceVersion)
    {
        lock (_delivery)
        {
            Dictionary<NamespacedName, StoreEntry<T>> list = _list ?? [];
            _list = null;
            List<ResourceChange<T>> changes = _store.Replace(list);
            _seen.Relisted(resourceVersion);
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
            if (kind != WatchEventKind.Bookmark && !IsStale(key, header))
            {
                Store(key, kind == WatchEventKind.Deleted ? null : Decode(key, json), header);
            }

            _seen.Saw(header, kind);
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

    private void Store(NamespacedName key, T? value, ResourceHeader header)
    {
        StoreEntry<T>? before = _store.Entry(key);
        if (value is null && before is null)
        {
            return;
        }

        T? old = _store.Set(key, value is null ? null : new StoreEntry<T>(value, header.Uid, header.ResourceVersion));
        bool isAnother = old is not null && value is not null && before?.Uid != header.Uid;
        Deliver(isAnother ? [new(key, old, null), new(key, null, value)] : [new(key, old, value)]);
    }

    /// <summary>Duplicated and late events, which a broken proxy can produce, do not turn the cache back.</summary>
    private bool IsStale(NamespacedName key, ResourceHeader header) =>
        _store.Entry(key) is { } known
        && known.Version != header.ResourceVersion
        && ResourceVersions.IsAtLeast(known.Version, header.ResourceVersion) == true;

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "One object that a projection cannot read must not hide all others.")]
    private T? Decode(NamespacedName key, ReadOnlySpan<byte> json)
    {
        try
        {
            return _projection(json);
        }
        catch (Exception e)
        {
            LogUndecodable(Query, key, e.Message);
            return null;
        }
    }
}
