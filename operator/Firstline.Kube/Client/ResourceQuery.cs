using System.Collections.Immutable;
using Firstline.Api.Meta;

namespace Firstline.Kube.Client;

/// <summary>Which objects a list or watch covers; equal queries share one watch.</summary>
/// <param name="Type">Kind of the objects.</param>
/// <param name="Namespace">Their namespace; empty for all namespaces and for cluster-scoped kinds.</param>
/// <param name="LabelSelector">As kubectl's <c>--selector</c>; empty for all.</param>
/// <param name="FieldSelector">As kubectl's <c>--field-selector</c>; empty for all.</param>
/// <param name="MetadataOnly">True to ask for the metadata alone: the server then sends nothing else of an object.</param>
public sealed record ResourceQuery(ResourceType Type, string Namespace = "", string LabelSelector = "", string FieldSelector = "", bool MetadataOnly = false)
{
    private const string ByName = "metadata.name=";

    /// <summary>The one object of that name.</summary>
    /// <param name="type">Kind without a namespace.</param>
    /// <param name="name">Its name.</param>
    public static ResourceQuery OfName(ResourceType type, string name) => new(type, FieldSelector: ByName + name);

    /// <summary>False where the namespace or the name alone tells that an object is none of these.</summary>
    internal bool Covers(NamespacedName key) => (Namespace.Length == 0 || key.Namespace == Namespace)
        && (!FieldSelector.StartsWith(ByName, StringComparison.Ordinal) || FieldSelector.AsSpan(ByName.Length).SequenceEqual(key.Name));

    internal ImmutableArray<KeyValuePair<string, string>> Parameters(params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        ImmutableArray<KeyValuePair<string, string>>.Builder all = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (LabelSelector.Length > 0)
        {
            all.Add(new("labelSelector", LabelSelector));
        }

        if (FieldSelector.Length > 0)
        {
            all.Add(new("fieldSelector", FieldSelector));
        }

        all.AddRange(more);
        return all.ToImmutable();
    }

    /// <summary>As messages name it: <c>pods</c>, <c>pods in shop</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? Type.QualifiedName : $"{Type.QualifiedName} in {Namespace}";
}
