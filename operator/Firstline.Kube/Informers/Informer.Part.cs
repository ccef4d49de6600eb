using Firstline.Api.Meta;
using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <content>What reflectors write to.</content>
public sealed partial class Informer<T>
{
    /// <summary>The side of the informer that one reflector writes to: a part of what the informer covers, such as one namespace.</summary>
    private sealed class Part(Informer<T> informer, ResourceQuery query) : IReflectorSink
    {
        private readonly SeenVersions _seen = new();
        private readonly RecentDeletions _deletions = new();
        private Dictionary<NamespacedName, StoreEntry<T>>? _list;
        private Dictionary<NamespacedName, (string Version, Exception Failure)> _unlisted = [];   // on the list, but not decodable
        private long _lastContact;
        private volatile string? _trouble;

        public ResourceQuery Query => query;

        public bool IsListed { get; private set; }

        public DateTimeOffset LastContact => new(Interlocked.Read(ref _lastContact), TimeSpan.Zero);

        public string? Trouble => _trouble;

        public void Touch(DateTimeOffset now)
        {
            Interlocked.Exchange(ref _lastContact, now.UtcTicks);
            _trouble = null;
        }

        public void Fail(string reason) => _trouble = reason;

        public void BeginList() => (_list, _unlisted) = ([], []);

        public void ListItem(ReadOnlySpan<byte> json)
        {
            ResourceHeader header = ResourceHeader.Read(json);
            NamespacedName key = new(header.Namespace, header.Name);
            StoreEntry<T>? last = informer.Kept(key, header);
            if (last is { } known && known.Version == header.ResourceVersion)
            {
                _list![key] = known;
            }
            else if (informer.Decode(json, last?.Value, out Exception? failure) is { } value)
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

        public void EndList(string resourceVersion)
        {
            lock (informer._delivery)
            {
                Dictionary<NamespacedName, StoreEntry<T>> list = _list ?? [];
                _list = null;
                List<ResourceChange<T>> changes = informer._store.Replace(list, query.Covers);
                MarkUnlisted();
                _seen.Relisted(resourceVersion);
                _deletions.Relisted(resourceVersion);
                IsListed = true;
                informer.Listed();   // before handlers run: what they wake up may read the cache
                informer.Deliver(changes);
            }
        }

        public string Event(WatchEventKind kind, ReadOnlySpan<byte> json)
        {
            ResourceHeader header = ResourceHeader.Read(json);
            NamespacedName key = new(header.Namespace, header.Name);
            lock (informer._delivery)
            {
                ResourceChange<T>[] changes = kind != WatchEventKind.Bookmark && !IsStale(kind, key, header) ? Apply(kind, key, header, json) : [];
                _seen.Saw(header, kind);   // before handlers run: a key that they wake up is not put back to wait for what the cache holds already
                informer.Deliver(changes);
            }

            return header.ResourceVersion;
        }

        public bool HasSeen(WrittenObject written) => _seen.Covers(written);

        private ResourceChange<T>[] Apply(WatchEventKind kind, NamespacedName key, ResourceHeader header, ReadOnlySpan<byte> json)
        {
            if (kind == WatchEventKind.Deleted)
            {
                _deletions.Add(key, header.ResourceVersion);
            }

            Exception? failure = null;
            T? value = kind == WatchEventKind.Deleted ? null : informer.Decode(json, informer.Kept(key, header)?.Value, out failure);
            ResourceChange<T>[] changes = failure is null || informer.Kept(key, header) is null
                ? informer.Store(key, value, header)   // also takes out an object of the same name that is surely gone
                : [];
            informer.MarkReadable(key, header, failure);
            return changes;
        }

        private void MarkUnlisted()
        {
            foreach ((NamespacedName key, (string version, Exception failure)) in _unlisted)
            {
                informer.MarkUnreadable(key, version, failure);
            }

            informer._unreadable.Keep(key => !query.Covers(key) || _unlisted.ContainsKey(key));
            _unlisted = [];
        }

        /// <summary>Duplicated and late events, which a broken proxy can produce, do not turn the cache back.</summary>
        private bool IsStale(WatchEventKind kind, NamespacedName key, ResourceHeader header)
        {
            string? held = informer._store.Entry(key)?.Version;
            bool isRepeated = held == header.ResourceVersion && kind != WatchEventKind.Deleted && informer._unreadable.VersionOf(key) is null;
            return isRepeated || IsBefore(header, held ?? _deletions.Floor(key)) || IsBefore(header, informer._unreadable.VersionOf(key));
        }

        private static bool IsBefore(ResourceHeader header, string? known) =>
            known is not null && known != header.ResourceVersion && ResourceVersions.IsAtLeast(known, header.ResourceVersion) == true;
    }
}
