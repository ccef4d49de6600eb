using Firstline.DevServer.Store;

namespace Firstline.DevServer.Http.Workers;

/// <summary>Who exists, and who names whom as owner: kept up change by change, so that nothing is searched.</summary>
internal sealed class OwnerGraph
{
    private readonly Dictionary<string, ObjectKey> alive = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<ObjectKey>> dependents = new(StringComparer.Ordinal);

    public void Apply(StoreEvent change)
    {
        foreach (string owner in Owners(change.Previous))
        {
            Remove(owner, change.Object.Key);
        }

        if (change.Type == StoreEventType.Deleted)
        {
            alive.Remove(change.Object.Uid);
            return;
        }

        alive[change.Object.Uid] = change.Object.Key;
        foreach (string owner in Owners(change.Object))
        {
            if (!dependents.TryGetValue(owner, out HashSet<ObjectKey>? keys))
            {
                keys = [];
                dependents[owner] = keys;
            }

            keys.Add(change.Object.Key);
        }
    }

    /// <summary>The object with this UID; null when there is none.</summary>
    public ObjectKey? KeyOf(string uid) => alive.TryGetValue(uid, out ObjectKey key) ? key : null;

    public IReadOnlyList<ObjectKey> DependentsOf(string uid) => dependents.TryGetValue(uid, out HashSet<ObjectKey>? keys) ? [.. keys] : [];

    private void Remove(string owner, ObjectKey dependent)
    {
        if (dependents.TryGetValue(owner, out HashSet<ObjectKey>? keys) && keys.Remove(dependent) && keys.Count == 0)
        {
            dependents.Remove(owner);
        }
    }

    private static IEnumerable<string> Owners(StoredObject? item) =>
        item is null ? [] : ObjectMetadata.Owners(item.Json).Select(owner => ObjectMetadata.Text(owner, "uid", ""));
}
