using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Refuses an applied configuration whose fields cannot be owned: unknown ones, list items without keys, equal keys twice.</summary>
internal static class AppliedObjectCheck
{
    /// <summary>Sentences in the server's words, such as <c>.spec.foo: field not declared in schema</c>.</summary>
    public static IEnumerable<string> Errors(JsonNode? value, SchemaNode schema, string path = "") => value switch
    {
        JsonObject map when schema.Type is null or "object" => OfMap(map, schema, path),
        JsonArray list when schema.Type is null or "array" => OfList(list, schema, path),
        JsonValue scalar when !FitsScalar(scalar, schema) => [$"{path}: {Expectation(schema, scalar)}"],
        JsonObject or JsonArray when !schema.IntOrString && schema.Type is not null => [$"{path}: {Expectation(schema, value)}"],
        _ => [],
    };

    private static IEnumerable<string> OfMap(JsonObject map, SchemaNode schema, string path)
    {
        bool open = schema.AdditionalProperties is not null || schema.PreserveUnknownFields || (schema.Type is null && schema.Properties.IsEmpty);
        foreach ((string name, JsonNode? value) in map)
        {
            string below = $"{path}.{name}";
            if (!open && !FieldShapes.IsNamed(schema, name))
            {
                yield return $"{below}: field not declared in schema";
                yield break;
            }

            foreach (string error in Errors(value, FieldShapes.Child(schema, name), below))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<string> OfList(JsonArray list, SchemaNode schema, string path)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < list.Count; i++)
        {
            string? element = Element(schema, list[i], i);
            if (element is null)
            {
                yield return $"{path}: element {i}: {Keyless(schema, list[i])}";
            }
            else if (!seen.Add(element))
            {
                yield return $"{path}: duplicate entries for key {PathElement.Display(element)}";
            }

            foreach (string error in Errors(list[i], FieldShapes.Items(schema), path + (element is null ? $"[{i}]" : PathElement.Display(element))))
            {
                yield return error;
            }
        }
    }

    private static string Keyless(SchemaNode schema, JsonNode? item)
    {
        string[] missing = [.. schema.ListMapKeys.Where(key => (item as JsonObject)?[key] is null).Select(key => $"\"{key}\"")];
        return missing.Length == schema.ListMapKeys.Length
            ? $"associative list with keys has an element that omits all key fields [{string.Join(' ', missing)}] (and doesn't have default values for any key fields)"
            : $"associative list with keys has an element that omits key field {string.Join(", ", missing)} (and doesn't have default value)";
    }

    private static string? Element(SchemaNode schema, JsonNode? item, int index) => schema.ListType switch
    {
        "map" => PathElement.Key(schema, item),
        "set" => PathElement.Value(item),
        _ => $"i:{index}",
    };

    private static bool FitsScalar(JsonValue value, SchemaNode schema) => schema.Type switch
    {
        _ when schema.IntOrString || schema.Type is null => true,
        "string" => value.GetValueKind() == JsonValueKind.String,
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "integer" or "number" => value.GetValueKind() == JsonValueKind.Number,
        _ => false,
    };

    private static string Expectation(SchemaNode schema, JsonNode value) => schema.Type switch
    {
        "object" => $"expected map, got {Shown(value)}",
        "array" => $"expected list, got {Shown(value)}",
        "integer" or "number" => $"expected numeric (int or float), got {JsonTypes.GoName(value)}",
        _ => $"expected {schema.Type}, got {Shown(value)}",
    };

    private static string Shown(JsonNode value) => $"&value.valueUnstructured{{Value:{JsonTypes.GoText(value)}}}";
}
