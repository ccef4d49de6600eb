using System.Collections.Immutable;
using Firstline.Api.Meta;

namespace Firstline.Kube.Informers;

/// <summary>The objects of one informer with their indexes; each change is atomic, a relist is one change.</summary>
internal sealed class Store<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoreIndex<T>> _indexes = new(StringComparer.Ordinal);
    private Dictionary<NamespacedName, StoreEntry<T>> _entries = [];

    public StoreEntry<T>? Entry(NamespacedName key)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(key, out StoreEntry<T> entry) ? entry : null;
        }
    }

    public ImmutableArray<T> List(string? ns)
    {
        lock (_gate)
        {
            return ns is null
                ? [.. _entries.Values.Select(e => e.Value)]
                : [.. _entries.Where(e => e.Key.Namespace == ns).Select(e => e.Value.Value)];
        }
    }

    public ImmutableArray<T> ByIndex(string index, string value)
    {
        lock (_gate)
        {
            return _indexes.TryGetValue(index, out StoreIndex<T>? found)
                ? [.. found.Keys(value).Select(key => _entries[key].Value)]
                : throw new InvalidOperationException($"no index {index} was added to this informer");
        }
    }

    public ImmutableArray<KeyValuePair<NamespacedName, StoreEntry<T>>> Entries()
    {
        lock (_gate)
        {
            return [.. _entries];
        }
    }

    public void AddIndex(string name, Func<T, IEnumerable<string>> selector)
    {
        lock (_gate)
        {
            StoreIndex<T> index = new(selector);
            foreach ((NamespacedName key, StoreEntry<T> entry) in _entries)
            {
                index.Move(key, null, entry.Value);
            }

            _indexes.TryAdd(name, index);
        }
    }

    /// <summary>Puts the object in, or takes it out (null); the value that was there before.</summary>
    public T? Set(NamespacedName key, StoreEntry<T>? entry)
    {
        lock (_gate)
        {
            T? old = _entries.TryGetValue(key, out StoreEntry<T> before) ? before.Value : null;
            if (entry is { } present)
            {
                _entries[key] = present;
            }
            else
            {
                _entries.Remove(key);
            }

            Reindex(key, old, entry?.Value);
            return old;
        }
    }

    /// <summary>Replaces everything that is covered at once; the differences.</summary>
    public List<ResourceChange<T>> Replace(Dictionary<NamespacedName, StoreEntry<T>> entries, Func<NamespacedName, bool> covers)
    {
        lock (_gate)
        {
            foreach ((NamespacedName key, StoreEntry<T> entry) in _entries.Where(e => !covers(e.Key)))
            {
                entries[key] = entry;
            }

            List<ResourceChange<T>> changes = Differences(_entries, entries);
            _entries = entries;
            foreach (ResourceChange<T> change in changes)
            {
                Reindex(change.Key, change.Old, change.New);
            }

            return changes;
        }
    }

    private static List<ResourceChange<T>> Differences(
        Dictionary<NamespacedName, StoreEntry<T>> before, Dictionary<NamespacedName, StoreEntry<T>> after)
    {
        List<ResourceChange<T>> changes = [];
        foreach ((NamespacedName key, StoreEntry<T> entry) in before)
        {
            if (!after.TryGetValue(key, out StoreEntry<T> now))
            {
                changes.Add(new(key, entry.Value, null));
            }
            else if (now.Uid != entry.Uid)
            {
                changes.Add(new(key, entry.Value, null));   // deleted and made anew while nobody looked: two objects, two changes
                changes.Add(new(key, null, now.Value));
            }
            else if (now.Version != entry.Version)
            {
                changes.Add(new(key, entry.Value, now.Value));
            }
        }

        changes.AddRange(from e in after where !before.ContainsKey(e.Key) select new ResourceChange<T>(e.Key, null, e.Value.Value));
        return changes;
    }

    private void Reindex(NamespacedName key, T? old, T? @new)
    {
        foreach (StoreIndex<T> index in _indexes.Values)
        {
            index.Move(key, old, @new);
        }
    }
}
