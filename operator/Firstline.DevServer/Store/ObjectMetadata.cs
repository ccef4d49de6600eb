using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Store;

/// <summary>Reads and writes <c>metadata</c> of raw objects, whatever a client put there.</summary>
internal static class ObjectMetadata
{
    /// <summary>The object's metadata; made when missing or not an object.</summary>
    public static JsonObject Of(JsonObject json)
    {
        if (json["metadata"] is not JsonObject metadata)
        {
            metadata = [];
            json["metadata"] = metadata;
        }

        return metadata;
    }

    /// <summary>A text of the object's metadata; null when it is missing or no text.</summary>
    public static string? Text(JsonObject json, string field) => json["metadata"] is JsonObject metadata ? AsText(metadata[field]) : null;

    /// <summary>A text at the top of <paramref name="json"/>.</summary>
    public static string Text(JsonObject json, string field, string otherwise) => AsText(json[field]) ?? otherwise;

    public static string? AsText(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static string Name(JsonObject json) => Text(json, "name") ?? "";

    public static string Namespace(JsonObject json) => Text(json, "namespace") ?? "";

    /// <summary>A map of strings such as labels; entries that are not strings are left out.</summary>
    public static ImmutableDictionary<string, string> Strings(JsonObject json, string field) =>
        json["metadata"] is JsonObject metadata && metadata[field] is JsonObject map
            ? map.Where(entry => entry.Value?.GetValueKind() == JsonValueKind.String)
                .ToImmutableDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>())
            : ImmutableDictionary<string, string>.Empty;

    public static ImmutableArray<string> Finalizers(JsonObject json) =>
        json["metadata"] is JsonObject metadata && metadata["finalizers"] is JsonArray list
            ? [.. list.Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>())]
            : [];

    /// <summary>The entries of <c>ownerReferences</c>; not to be changed.</summary>
    public static IEnumerable<JsonObject> Owners(JsonObject json) =>
        json["metadata"] is JsonObject metadata && metadata["ownerReferences"] is JsonArray list ? list.OfType<JsonObject>() : [];

    public static void SetFinalizers(JsonObject json, ImmutableArray<string> finalizers)
    {
        JsonObject metadata = Of(json);
        if (finalizers.IsEmpty)
        {
            metadata.Remove("finalizers");
            return;
        }

        metadata["finalizers"] = new JsonArray([.. finalizers.Select(name => (JsonNode)name)]);
    }
}
