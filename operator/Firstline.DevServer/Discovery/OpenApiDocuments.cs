using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Discovery;

/// <summary>The OpenAPI v3 index and the document of each group and version.</summary>
internal static class OpenApiDocuments
{
    private const string ListMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

    /// <summary>One entry for each group and version; the hash changes when the document does.</summary>
    public static JsonObject Index(IEnumerable<ServedResource> resources)
    {
        JsonObject paths = [];
        foreach (IGrouping<string, ServedResource> group in resources.GroupBy(r => Path(r.Kind)))
        {
            paths[group.Key] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{group.Key}?hash={Hash(group)}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    /// <param name="resources">All served resources.</param>
    /// <param name="path">Such as <c>apis/apps/v1</c>.</param>
    /// <returns>Null when there is no such group and version.</returns>
    public static JsonObject? Document(IEnumerable<ServedResource> resources, string path)
    {
        ServedResource[] served = [.. resources.Where(r => Path(r.Kind) == path)];
        if (served.Length == 0)
        {
            return null;
        }

        JsonObject components = [];
        JsonObject paths = [];
        OpenApiTypes types = new(components);
        foreach (ServedResource resource in served)
        {
            OpenApiPaths.Add(resource, AddKind(resource, types, components), paths);
        }

        if (served.Any(r => r.Kind.Scale is not null))
        {
            types.Add("autoscaling.v1.Scale");
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Firstline dev server", ["version"] = ServerVersion.GitVersion },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = components },
        };
    }

    public static JsonObject Type(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static string Path(KindDefinition kind) => kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.Group}/{kind.Version}";

    private static string Hash(IEnumerable<ServedResource> resources)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ServedResource resource in resources)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(resource.Kind.QualifiedName));
            hash.AppendData(Encoding.UTF8.GetBytes(resource.CustomSchema?.ToJsonString() ?? typeof(OpenApiDocuments).Module.ModuleVersionId.ToString()));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static JsonObject AddKind(ServedResource resource, OpenApiTypes types, JsonObject components)
    {
        KindDefinition kind = resource.Kind;
        string name = resource.BuiltinType is { } builtin ? OpenApiTypes.FullName(builtin) : CustomName(kind);
        JsonObject reference = new() { ["$ref"] = $"#/components/schemas/{name}" };
        if (resource.BuiltinType is { } type)
        {
            types.Add(type);
        }
        else
        {
            components[name] = CustomSchema(resource.CustomSchema!, types);
        }

        components[name]!["x-kubernetes-group-version-kind"] = new JsonArray(Type(kind.Group, kind.Version, kind.Kind));
        if (resource.Verbs.Length > 1)
        {
            components[$"{name}List"] = List(kind, reference, components);
        }

        return reference;
    }

    private static string CustomName(KindDefinition kind) => $"{string.Join('.', kind.Group.Split('.').Reverse())}.{kind.Version}.{kind.Kind}";

    private static JsonObject CustomSchema(JsonObject written, OpenApiTypes types)
    {
        JsonObject schema = written.DeepClone().AsObject();
        JsonObject properties = schema.Fields("properties") ?? [];
        properties["apiVersion"] = new JsonObject { ["type"] = "string", ["description"] = "Group and version of this kind." };
        properties["kind"] = new JsonObject { ["type"] = "string", ["description"] = "Name of this kind." };
        properties["metadata"] = new JsonObject { ["description"] = "What every object has.", ["allOf"] = new JsonArray(types.Add("meta.v1.ObjectMeta")) };
        schema["properties"] ??= properties;
        return schema;
    }

    private static JsonObject List(KindDefinition kind, JsonObject item, JsonObject components)
    {
        components[ListMeta] ??= new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["continue"] = new JsonObject { ["type"] = "string" },
                ["remainingItemCount"] = new JsonObject { ["type"] = "integer", ["format"] = "int64" },
                ["resourceVersion"] = new JsonObject { ["type"] = "string" },
                ["selfLink"] = new JsonObject { ["type"] = "string" },
            },
        };
        return new JsonObject
        {
            ["description"] = $"A list of {kind.Plural}.",
            ["type"] = "object",
            ["required"] = new JsonArray("items"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["type"] = "string" },
                ["kind"] = new JsonObject { ["type"] = "string" },
                ["metadata"] = new JsonObject { ["$ref"] = $"#/components/schemas/{ListMeta}" },
                ["items"] = new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() },
            },
            ["x-kubernetes-group-version-kind"] = new JsonArray(Type(kind.Group, kind.Version, kind.ListKind)),
        };
    }
}
