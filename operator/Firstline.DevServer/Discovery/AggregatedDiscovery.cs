using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Discovery;

/// <summary>All groups, versions and resources in one document (<c>apidiscovery.k8s.io/v2</c>), which kubectl prefers.</summary>
internal static class AggregatedDiscovery
{
    /// <summary>What an Accept header must hold to get this form.</summary>
    public static bool IsAskedFor(string accept) =>
        accept.Contains("as=APIGroupDiscoveryList", StringComparison.Ordinal)
        && accept.Split(',').Any(a => a.Contains("g=apidiscovery.k8s.io", StringComparison.Ordinal) && a.Contains("v=v2;", StringComparison.Ordinal));

    public static JsonObject Document(IEnumerable<ServedResource> resources) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/v2",
        ["metadata"] = new JsonObject(),
        ["items"] = resources.GroupBy(r => r.Kind.Group).Select(Group).ToJson(),
    };

    private static JsonObject Group(IGrouping<string, ServedResource> group) => new()
    {
        ["metadata"] = group.Key.Length == 0 ? [] : new JsonObject { ["name"] = group.Key },
        ["versions"] = group.GroupBy(r => r.Kind.Version).OrderBy(v => v.Key, VersionOrder.Instance).Select(Version).ToJson(),
    };

    private static JsonObject Version(IGrouping<string, ServedResource> version) => new()
    {
        ["version"] = version.Key,
        ["resources"] = version.Select(Resource).ToJson(),
        ["freshness"] = "Current",
    };

    private static JsonObject Resource(ServedResource resource)
    {
        KindDefinition kind = resource.Kind;
        JsonObject entry = new()
        {
            ["resource"] = kind.Plural,
            ["responseKind"] = resource.BuiltinType is null ? Type(kind.Group, kind.Version, kind.Kind) : Type("", "", kind.Kind),
            ["scope"] = kind.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = kind.Singular,
            ["verbs"] = resource.Verbs.ToJson(),
        };
        AddIfAny(entry, "shortNames", kind.ShortNames.ToJson());
        AddIfAny(entry, "categories", kind.Categories.ToJson());
        AddIfAny(entry, "subresources", resource.Subresources.Select(s => Part(kind, s)).ToJson());
        return entry;
    }

    private static JsonObject Part(KindDefinition parent, Subresource part) => new()
    {
        ["subresource"] = part.Name,
        ["responseKind"] = part.Version.Length == 0 ? Type(parent.Group, parent.Version, part.Kind) : Type(part.Group, part.Version, part.Kind),
        ["verbs"] = part.Verbs.ToJson(),
    };

    private static JsonObject Type(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static void AddIfAny(JsonObject entry, string name, JsonArray values)
    {
        if (values.Count > 0)
        {
            entry[name] = values;
        }
    }
}
