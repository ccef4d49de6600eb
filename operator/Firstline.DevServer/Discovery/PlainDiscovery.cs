using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Discovery;

/// <summary>The older discovery documents: one for the versions, one for the groups, one for each group and version.</summary>
internal static class PlainDiscovery
{
    public static JsonObject Versions() => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(),
    };

    public static JsonObject Groups(IEnumerable<ServedResource> resources) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = resources.Where(r => r.Kind.Group.Length > 0).GroupBy(r => r.Kind.Group).Select(g => Entry(g.Key, g)).ToJson(),
    };

    /// <returns>Null when there is no such group.</returns>
    public static JsonObject? Group(IEnumerable<ServedResource> resources, string group)
    {
        ServedResource[] served = [.. resources.Where(r => r.Kind.Group == group && group.Length > 0)];
        if (served.Length == 0)
        {
            return null;
        }

        JsonObject document = new() { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach ((string name, JsonNode? value) in Entry(group, served))
        {
            document[name] = value?.DeepClone();
        }

        return document;
    }

    /// <returns>Null when there is no such group and version.</returns>
    public static JsonObject? Resources(IEnumerable<ServedResource> resources, string groupVersion)
    {
        ServedResource[] served = [.. resources.Where(r => r.Kind.ApiVersion == groupVersion)];
        return served.Length == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = groupVersion,
            ["resources"] = served.SelectMany(Entries).ToJson(),
        };
    }

    private static JsonObject Entry(string group, IEnumerable<ServedResource> resources)
    {
        JsonObject[] versions = [.. resources.Select(r => r.Kind.Version).Distinct().Order(VersionOrder.Instance)
            .Select(v => new JsonObject { ["groupVersion"] = $"{group}/{v}", ["version"] = v })];
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = versions.ToJson(),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private static IEnumerable<JsonObject> Entries(ServedResource resource)
    {
        KindDefinition kind = resource.Kind;
        JsonObject entry = new()
        {
            ["name"] = kind.Plural,
            ["singularName"] = kind.Singular,
            ["namespaced"] = kind.Namespaced,
            ["kind"] = kind.Kind,
            ["verbs"] = resource.Verbs.ToJson(),
        };
        if (!kind.ShortNames.IsEmpty)
        {
            entry["shortNames"] = kind.ShortNames.ToJson();
        }

        if (!kind.Categories.IsEmpty)
        {
            entry["categories"] = kind.Categories.ToJson();
        }

        return resource.Subresources.Select(s => Part(kind, s)).Prepend(entry);
    }

    private static JsonObject Part(KindDefinition parent, Subresource part)
    {
        JsonObject entry = new() { ["name"] = $"{parent.Plural}/{part.Name}", ["singularName"] = "", ["namespaced"] = parent.Namespaced };
        if (part.Version.Length > 0)
        {
            entry["group"] = part.Group;
            entry["version"] = part.Version;
        }

        entry["kind"] = part.Kind;
        entry["verbs"] = part.Verbs.ToJson();
        return entry;
    }
}
