using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Selectors;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Http.Subresources;

/// <summary>The <c>autoscaling/v1</c> Scale view of an object.</summary>
internal static class ScaleDocument
{
    private static readonly string[] SharedMetadata = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"];

    public static JsonObject Of(KindDefinition kind, JsonObject json)
    {
        ScalePaths paths = kind.Scale!;
        JsonObject metadata = [];
        foreach (string field in SharedMetadata)
        {
            if (json["metadata"]?[field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }

        JsonObject status = new() { ["replicas"] = At(json, paths.StatusReplicas)?.DeepClone() ?? 0 };
        if (Selector(json, paths) is { Length: > 0 } selector)
        {
            status["selector"] = selector;
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = At(json, paths.SpecReplicas) is { } wanted && wanted.ToJsonString() != "0" ? new JsonObject { ["replicas"] = wanted.DeepClone() } : [],
            ["status"] = status,
        };
    }

    /// <summary>Writes wanted replicas into <paramref name="json"/>.</summary>
    public static void WriteReplicas(KindDefinition kind, JsonObject json, JsonNode? replicas)
    {
        string[] path = Parts(kind.Scale!.SpecReplicas);
        JsonObject parent = json;
        foreach (string name in path[..^1])
        {
            if (parent[name] is not JsonObject child)
            {
                child = [];
                parent[name] = child;
            }

            parent = child;
        }

        parent[path[^1]] = replicas?.DeepClone() ?? 0;
    }

    private static string Selector(JsonObject json, ScalePaths paths) => paths.LabelSelector is null
        ? ""
        : At(json, paths.LabelSelector) switch
        {
            JsonObject selector => LabelSelector.From(selector)!.ToString(),
            JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
            _ => "",
        };

    private static JsonNode? At(JsonObject json, string path) => Parts(path).Aggregate<string, JsonNode?>(json, (node, name) => (node as JsonObject)?[name]);

    private static string[] Parts(string path) => path.Split('.', StringSplitOptions.RemoveEmptyEntries);
}
