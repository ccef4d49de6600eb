using System.Collections.Immutable;

namespace Firstline.DevServer.Store;

/// <summary>All objects of one resource at one version: immutable, ordered by namespace and name, found by either in logarithmic time.</summary>
internal sealed class ResourceObjects
{
    public static readonly ResourceObjects Empty = new(ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(StringComparer.Ordinal));

    private static readonly ImmutableSortedDictionary<string, StoredObject> NoNames = ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> byNamespace;

    private ResourceObjects(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> byNamespace) => this.byNamespace = byNamespace;

    public StoredObject? Find(string ns, string name) => byNamespace.GetValueOrDefault(ns)?.GetValueOrDefault(name);

    /// <param name="ns">Null for the objects of all namespaces.</param>
    public IEnumerable<StoredObject> In(string? ns) =>
        ns is null ? byNamespace.Values.SelectMany(names => names.Values) : byNamespace.GetValueOrDefault(ns, NoNames).Values;

    public ResourceObjects With(StoredObject item)
    {
        ImmutableSortedDictionary<string, StoredObject> names = byNamespace.GetValueOrDefault(item.Key.Namespace, NoNames);
        return new(byNamespace.SetItem(item.Key.Namespace, names.SetItem(item.Key.Name, item)));
    }

    public ResourceObjects Without(ObjectKey key)
    {
        ImmutableSortedDictionary<string, StoredObject> names = byNamespace.GetValueOrDefault(key.Namespace, NoNames).Remove(key.Name);
        return new(names.IsEmpty ? byNamespace.Remove(key.Namespace) : byNamespace.SetItem(key.Namespace, names));
    }

    /// <summary>The picture before <paramref name="change"/>.</summary>
    public ResourceObjects Before(StoreEvent change) => change.Previous is { } previous ? With(previous) : Without(change.Object.Key);
}
