using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Store;

/// <summary>All objects in memory, with one counter of versions, a short history per resource, and subscriptions to what comes next.</summary>
/// <remarks>Objects are immutable and pictures of a resource are persistent maps: readers never wait for writers and a write costs O(log n).</remarks>
internal sealed class ObjectStore
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, ResourceTable> tables = new(StringComparer.Ordinal);
    private readonly List<Subscription> subscribersToAll = [];
    private readonly int window;
    private readonly IJournal? journal;
    private readonly long loaded;
    private long version;

    /// <param name="window">Changes kept per resource.</param>
    /// <param name="journal">Where changes are written; null for a store in memory alone.</param>
    /// <param name="start">What a journal held; null for an empty store.</param>
    public ObjectStore(int window, IJournal? journal = null, LoadedState? start = null)
    {
        this.window = window;
        this.journal = journal;
        version = start?.Version ?? 0;
        loaded = version;
        foreach (StoredObject item in start?.Objects ?? [])
        {
            ResourceTable table = Table(item.Key.Resource);
            table.Objects = table.Objects.With(item);
        }
    }

    /// <summary>Version of the latest change.</summary>
    public long Version
    {
        get
        {
            lock (gate)
            {
                return version;
            }
        }
    }

    /// <summary>Resources that hold or held objects.</summary>
    public IReadOnlyCollection<string> Resources => [.. tables.Keys];

    public StoredObject? Find(ObjectKey key) => tables.TryGetValue(key.Resource, out ResourceTable? table) ? table.Objects.Find(key.Namespace, key.Name) : null;

    /// <summary>Begins the history of a resource; without it, it begins when the resource is first written or read.</summary>
    public void Begin(string resource)
    {
        lock (gate)
        {
            Table(resource);
        }
    }

    public StoreSnapshot Snapshot(string resource)
    {
        lock (gate)
        {
            return new StoreSnapshot(version, Table(resource).Objects);
        }
    }

    /// <summary>Rebuilds the picture at an earlier version by undoing what came after it.</summary>
    /// <exception cref="VersionExpiredException">The history does not reach back that far.</exception>
    public StoreSnapshot SnapshotAt(string resource, long asked)
    {
        lock (gate)
        {
            ResourceTable table = Table(resource);
            ThrowIfExpired(table, asked);
            return new StoreSnapshot(asked, table.History.NewestFirst(asked).Aggregate(table.Objects, (objects, change) => objects.Before(change)));
        }
    }

    /// <summary>Stores <paramref name="next"/> in the place of <paramref name="expected"/>, if that is still the newest state.</summary>
    /// <param name="key">Where.</param>
    /// <param name="expected">The state that the change was made from; null to create.</param>
    /// <param name="next">The new state, taken over by the store; null to delete.</param>
    /// <returns>The stored object (for a deletion its last state); null when somebody else was faster: read again and retry.</returns>
    /// <exception cref="JournalException">The change could not be written down; nothing has changed.</exception>
    public StoredObject? TryCommit(ObjectKey key, StoredObject? expected, JsonObject? next)
    {
        lock (gate)
        {
            ResourceTable table = Table(key.Resource);
            if (!ReferenceEquals(table.Objects.Find(key.Namespace, key.Name), expected) || (expected is null && next is null))
            {
                return null;
            }

            StoreEvent change = Change(key, expected, next);
            journal?.Append(change);
            version = change.Version;
            table.Apply(change);
            foreach (Subscription subscription in subscribersToAll)
            {
                subscription.Publish(change);
            }

            return change.Object;
        }
    }

    /// <summary>Starts from the objects as they are now.</summary>
    /// <param name="resource">Null for all resources; <see cref="Subscription.Start"/> is then null.</param>
    public Subscription Subscribe(string? resource)
    {
        lock (gate)
        {
            return resource is null ? Register(subscribersToAll, null) : Register(Table(resource).Subscribers, new StoreSnapshot(version, Table(resource).Objects));
        }
    }

    /// <summary>Starts with the changes after <paramref name="asked"/>.</summary>
    /// <exception cref="VersionExpiredException">The history does not reach back that far.</exception>
    public Subscription SubscribeFrom(string resource, long asked)
    {
        lock (gate)
        {
            ResourceTable table = Table(resource);
            ThrowIfExpired(table, asked);
            Subscription subscription = Register(table.Subscribers, null);
            foreach (StoreEvent change in table.History.After(asked))
            {
                subscription.Publish(change);
            }

            return subscription;
        }
    }

    private StoreEvent Change(ObjectKey key, StoredObject? expected, JsonObject? next)
    {
        long following = version + 1;
        if (next is null)
        {
            return new StoreEvent(StoreEventType.Deleted, expected!.At(following), expected);
        }

        return new StoreEvent(expected is null ? StoreEventType.Added : StoreEventType.Modified, StoredObject.Seal(key, next, following), expected);
    }

    private Subscription Register(List<Subscription> list, StoreSnapshot? start)
    {
        Subscription subscription = new(start, ended =>
        {
            lock (gate)
            {
                list.Remove(ended);
            }
        });
        list.Add(subscription);
        return subscription;
    }

    private ResourceTable Table(string resource) => tables.GetOrAdd(resource, _ => new ResourceTable(new EventHistory(window, Math.Max(loaded, version))));

    private static void ThrowIfExpired(ResourceTable table, long asked)
    {
        if (asked < table.History.OldestVersion)
        {
            throw new VersionExpiredException(asked, table.History.OldestVersion);
        }
    }

    private sealed class ResourceTable(EventHistory history)
    {
        private volatile ResourceObjects objects = ResourceObjects.Empty;

        public EventHistory History => history;

        public List<Subscription> Subscribers { get; } = [];

        public ResourceObjects Objects
        {
            get => objects;
            set => objects = value;
        }

        public void Apply(StoreEvent change)
        {
            Objects = change.Type == StoreEventType.Deleted ? Objects.Without(change.Object.Key) : Objects.With(change.Object);
            history.Add(change);
            change.Previous?.Supersede();
            if (change.Type == StoreEventType.Deleted)
            {
                change.Object.Supersede();
            }

            foreach (Subscription subscription in Subscribers)
            {
                subscription.Publish(change);
            }
        }
    }
}
