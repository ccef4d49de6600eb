using Firstline.Api.Meta;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>Request paths of a kind, relative to the server's root.</summary>
internal static class ResourcePaths
{
    /// <summary>All objects of the kind; of one namespace when <paramref name="ns"/> is not empty.</summary>
    public static string Collection(this ResourceType type, string ns)
    {
        string root = type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.Group}/{type.Version}";
        return type.Scope == ResourceScope.Cluster || ns.Length == 0
            ? $"{root}/{type.Plural}"
            : $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{type.Plural}";
    }

    public static string Object(this ResourceType type, NamespacedName key) =>
        $"{type.Collection(key.Namespace)}/{Uri.EscapeDataString(key.Name)}";
}
