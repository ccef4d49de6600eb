using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Http.Errors;

/// <summary>An object as a message of the API server shows it: the fields in the order of Go's types, those of a custom resource in the order of their names.</summary>
internal static class GoObject
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] First = ["kind", "apiVersion", "metadata"];

    private static readonly string[] Metadata =
        ["name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
         "labels", "annotations", "ownerReferences", "finalizers", "managedFields"];

    /// <summary>The object in JSON, within quotation marks.</summary>
    public static string Quoted(KindDefinition kind, JsonObject json)
    {
        JsonObject ordered = kind.IsCustom ? (JsonObject)Sorted(json)! : Ordered(json, First);
        if (!kind.IsCustom && ordered["metadata"] is JsonObject metadata)
        {
            ordered["metadata"] = Ordered(metadata, Metadata);
        }

        return JsonValue.Create(ordered.ToJsonString(Readable)).ToJsonString(Readable);
    }

    private static JsonObject Ordered(JsonObject json, string[] order) =>
        new(order.Where(json.ContainsKey).Concat(json.Select(field => field.Key).Except(order)).Select(name => KeyValuePair.Create(name, json[name]?.DeepClone())));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
