using System.Collections.Immutable;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>A set of field paths as a tree: what one manager owns, or what a change touched.</summary>
/// <param name="Owned">True when the path that leads here is itself in the set.</param>
/// <param name="Children">By path element in the form of <c>fieldsV1</c>: <c>f:name</c>, <c>k:{"name":"x"}</c>, <c>v:"x"</c>.</param>
internal sealed record FieldSet(bool Owned, ImmutableSortedDictionary<string, FieldSet> Children)
{
    public static readonly FieldSet Empty = new(false, ImmutableSortedDictionary.Create<string, FieldSet>(StringComparer.Ordinal));

    public static readonly FieldSet Leaf = Empty with { Owned = true };

    public bool IsEmpty => !Owned && Children.IsEmpty;

    public FieldSet Child(string element) => Children.GetValueOrDefault(element, Empty);

    public FieldSet With(string element, FieldSet child) =>
        this with { Children = child.IsEmpty ? Children.Remove(element) : Children.SetItem(element, child) };

    public FieldSet Union(FieldSet other) =>
        other.Children.Aggregate(this with { Owned = Owned || other.Owned }, (set, child) => set.With(child.Key, set.Child(child.Key).Union(child.Value)));

    /// <summary>What is here and not in <paramref name="other"/>.</summary>
    public FieldSet Difference(FieldSet other) =>
        other.Children.Aggregate(this with { Owned = Owned && !other.Owned }, (set, child) => set.With(child.Key, set.Child(child.Key).Difference(child.Value)));

    public FieldSet Intersection(FieldSet other)
    {
        FieldSet both = Empty with { Owned = Owned && other.Owned };
        return Children.Aggregate(both, (set, child) => set.With(child.Key, child.Value.Intersection(other.Child(child.Key))));
    }

    /// <summary>Everything below <paramref name="element"/> taken out, and the element itself.</summary>
    public FieldSet Without(string element) => this with { Children = Children.Remove(element) };

    /// <summary>The paths in the set, as messages write them: <c>.spec.containers[name="a"].image</c>.</summary>
    public IEnumerable<string> Paths() => Paths("");

    /// <summary>By content; a record alone would compare the dictionaries by reference.</summary>
    public bool Same(FieldSet other) =>
        Owned == other.Owned && Children.Count == other.Children.Count && Children.All(child => other.Children.TryGetValue(child.Key, out FieldSet? theirs) && child.Value.Same(theirs));

    private IEnumerable<string> Paths(string prefix)
    {
        if (Owned)
        {
            yield return prefix;
        }

        foreach ((string element, FieldSet child) in Children)
        {
            foreach (string path in child.Paths(prefix + PathElement.Display(element)))
            {
                yield return path;
            }
        }
    }
}
