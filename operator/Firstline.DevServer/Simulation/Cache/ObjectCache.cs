using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Cache;

/// <summary>
/// The objects of one kind: what the watch told, and what our own writes answered since. The second keeps a controller
/// from acting twice because the watch has not told it yet of what it did.
/// </summary>
internal sealed class ObjectCache(ResourceType type, Func<NamespacedName, bool> isWanted)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<NamespacedName, KubeObject> _objects = [];
    private readonly Dictionary<string, HashSet<NamespacedName>> _byOwner = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deletedByUs = new(StringComparer.Ordinal);

    public ResourceType Type { get; } = type;

    /// <summary>Raised after a change, with the object before (null when it is new) and after (null when it is gone).</summary>
    public event Action<KubeObject?, KubeObject?>? Changed;

    public KubeObject? Get(NamespacedName key)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    /// <summary>All objects; of one namespace when it is given.</summary>
    public ImmutableArray<KubeObject> All(string? ns = null)
    {
        lock (_gate)
        {
            return [.. ns is null ? _objects.Values : _objects.Values.Where(o => o.Namespace == ns)];
        }
    }

    /// <summary>The objects whose controller has this UID.</summary>
    public ImmutableArray<KubeObject> OwnedBy(string uid)
    {
        lock (_gate)
        {
            return _byOwner.TryGetValue(uid, out HashSet<NamespacedName>? keys) ? [.. keys.Select(key => _objects[key])] : [];
        }
    }

    /// <summary>Takes in a version of an object; an older one than the cache holds changes nothing.</summary>
    public void Put(KubeObject next)
    {
        KubeObject? before;
        lock (_gate)
        {
            before = _objects.GetValueOrDefault(next.Key);
            bool isStale = before is not null && before.ResourceVersion >= next.ResourceVersion;
            if (isStale || !isWanted(next.Key) || _deletedByUs.Contains(next.Uid))
            {
                return;
            }

            Unindex(before);
            _objects[next.Key] = next;
            Index(next);
        }

        Changed?.Invoke(before, next);
    }

    /// <summary>The watch says that the object is gone.</summary>
    public void Remove(KubeObject last)
    {
        KubeObject? before;
        lock (_gate)
        {
            _deletedByUs.Remove(last.Uid);
            before = _objects.GetValueOrDefault(last.Key);
            if (before is null || before.Uid != last.Uid)
            {
                return;
            }

            _objects.Remove(last.Key);
            Unindex(before);
        }

        Changed?.Invoke(before, null);
    }

    /// <summary>Our own request deleted the object; versions of it that the watch still tells of are ignored.</summary>
    public void Forget(KubeObject deleted)
    {
        Remove(deleted);
        lock (_gate)
        {
            _deletedByUs.Add(deleted.Uid);
        }
    }

    /// <summary>Replaces all by a fresh list.</summary>
    public void Replace(IReadOnlyCollection<KubeObject> listed)
    {
        HashSet<string> present = [.. listed.Select(o => o.Uid)];
        lock (_gate)
        {
            _deletedByUs.Clear();
        }

        foreach (KubeObject gone in All().Where(o => !present.Contains(o.Uid)))
        {
            Remove(gone);
        }

        foreach (KubeObject item in listed)
        {
            Put(item);
        }
    }

    private void Index(KubeObject item)
    {
        if (item.OwnerUid is { } owner)
        {
            if (!_byOwner.TryGetValue(owner, out HashSet<NamespacedName>? keys))
            {
                _byOwner[owner] = keys = [];
            }

            keys.Add(item.Key);
        }
    }

    private void Unindex(KubeObject? item)
    {
        if (item?.OwnerUid is { } owner && _byOwner.TryGetValue(owner, out HashSet<NamespacedName>? keys))
        {
            keys.Remove(item.Key);
            if (keys.Count == 0)
            {
                _byOwner.Remove(owner);
            }
        }
    }
}
