using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>Reads of objects whose shape is not known to the compiler: a missing field and a field of another type both read as null.</summary>
internal static class JsonReading
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            node = node is JsonObject parent ? parent[name] : null;
        }

        return node;
    }

    public static JsonObject? Fields(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    public static JsonArray List(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonArray ?? [];

    /// <summary>The objects of a list, without entries of other types.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) => node.List(path).OfType<JsonObject>();

    /// <summary>The strings of a list, without entries of other types.</summary>
    public static IEnumerable<string> Strings(this JsonNode? node, params ReadOnlySpan<string> path) => node.List(path).Select(n => n.Text()).OfType<string>();

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is { } found && found.GetValueKind() == JsonValueKind.String ? found.GetValue<string>() : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path)?.GetValueKind() == JsonValueKind.True;

    public static long? Integer(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Number(path) is { } number && number == Math.Floor(number) && Math.Abs(number) < 9.2e18 ? (long)number : null;

    public static double? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is { } found && found.GetValueKind() == JsonValueKind.Number
            ? double.Parse(found.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    public static DateTimeOffset? Time(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(node.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>Text of a scalar as people write it: a string without quotes, a number or a boolean in JSON; null for null and for containers.</summary>
    public static string? Scalar(this JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array => null,
        JsonValueKind.String => node.GetValue<string>(),
        _ => node.ToJsonString(),
    };
}
