using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching;

/// <summary>Equality of JSON values by meaning: the order of members and the writing of numbers do not count.</summary>
internal static class JsonEquality
{
    public static bool Same(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (null, null) => true,
        (JsonValue a, JsonValue b) => SameValue(a, b),
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(field => b.TryGetPropertyValue(field.Key, out JsonNode? other) && Same(field.Value, other)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        _ => false,
    };

    private static bool SameValue(JsonValue left, JsonValue right)
    {
        JsonValueKind kind = left.GetValueKind();
        if (kind != right.GetValueKind())
        {
            return false;
        }

        return kind == JsonValueKind.String ? Text(left) == Text(right) : JsonNode.DeepEquals(left, right);
    }

    private static string Text(JsonValue value) => value.GetValue<string>();
}
