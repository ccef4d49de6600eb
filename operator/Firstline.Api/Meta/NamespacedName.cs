namespace Firstline.Api.Meta;

/// <summary>Key of an object within its kind.</summary>
/// <param name="Namespace">Namespace; empty for cluster-scoped kinds.</param>
/// <param name="Name">Name.</param>
public readonly record struct NamespacedName(string Namespace, string Name)
{
    /// <summary>Key of the object that carries <paramref name="metadata"/>.</summary>
    public static NamespacedName Of(ObjectMeta metadata) => new(metadata.Namespace ?? "", metadata.Name);

    /// <summary><c>namespace/name</c>, or the name alone for cluster-scoped kinds.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
