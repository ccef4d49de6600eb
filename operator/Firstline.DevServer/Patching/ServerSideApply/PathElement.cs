using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>One step of a field path, written as <c>fieldsV1</c> writes it.</summary>
internal static class PathElement
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Field(string name) => "f:" + name;

    public static string Value(JsonNode? item) => "v:" + (item?.ToJsonString(Compact) ?? "null");

    /// <summary>The element of an item of a list with merge keys; null when the item is not an object or lacks a key that has no default.</summary>
    public static string? Key(SchemaNode list, JsonNode? item)
    {
        if (item is not JsonObject map)
        {
            return null;
        }

        JsonObject keys = [];
        foreach (string key in list.ListMapKeys.Order(StringComparer.Ordinal))
        {
            JsonNode? value = map[key] ?? list.Items?.Properties.GetValueOrDefault(key)?.Default;
            if (value is null)
            {
                return null;
            }

            keys[key] = value.DeepClone();
        }

        return "k:" + keys.ToJsonString(Compact);
    }

    /// <summary><c>.name</c>, <c>[name="x"]</c>, <c>[="x"]</c></summary>
    public static string Display(string element) => element[..2] switch
    {
        "f:" => "." + element[2..],
        "k:" => $"[{string.Join(',', JsonNode.Parse(element[2..])!.AsObject().Select(key => $"{key.Key}={key.Value!.ToJsonString(Compact)}"))}]",
        "v:" => $"[={element[2..]}]",
        _ => $"[{element[2..]}]",
    };
}
