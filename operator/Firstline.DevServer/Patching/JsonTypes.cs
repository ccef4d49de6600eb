using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching;

/// <summary>Words for JSON values.</summary>
internal static class JsonTypes
{
    /// <summary>As the API server's JSON decoder calls it.</summary>
    public static string GoName(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };

    /// <summary>As the API server's messages print a value: <c>[1 2]</c>, <c>map[a:1]</c>.</summary>
    public static string GoText(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', map.Select(field => $"{field.Key}:{GoText(field.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(GoText))}]",
        _ => node.ToString(),
    };
}
