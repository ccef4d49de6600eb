namespace Firstline.DevServer.Store;

/// <summary>Where an object is stored: the same for all versions of its kind.</summary>
/// <param name="Resource">Qualified plural, such as <c>deployments.apps</c>.</param>
/// <param name="Namespace">Empty for cluster-scoped kinds.</param>
/// <param name="Name">The object's name.</param>
internal readonly record struct ObjectKey(string Resource, string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? $"{Resource}/{Name}" : $"{Resource}/{Namespace}/{Name}";
}
