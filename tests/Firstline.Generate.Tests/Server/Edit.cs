using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.Generate.Tests.Server;

/// <summary>Changes one field of an object, named by a path such as <c>spec.steps.0.name</c>.</summary>
internal static class Edit
{
    /// <summary>Sets the field to a JSON text; null removes it.</summary>
    public static JsonObject Set(this JsonObject root, string path, string? json)
    {
        string[] parts = path.Split('.');
        JsonNode parent = parts[..^1].Aggregate((JsonNode)root, (node, part) => node is JsonArray list ? list[Index(part)]! : node[part]!);
        switch (parent)
        {
            case JsonArray list:
                list[Index(parts[^1])] = JsonNode.Parse(json!);
                break;
            case JsonObject map when json is null:
                map.Remove(parts[^1]);
                break;
            default:
                parent[parts[^1]] = JsonNode.Parse(json!);
                break;
        }

        return root;
    }

    private static int Index(string part) => int.Parse(part, CultureInfo.InvariantCulture);
}
