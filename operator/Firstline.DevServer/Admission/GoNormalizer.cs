using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Makes of a built-in object what is left of it after Go has decoded and encoded it: nulls go, and so do empty lists and maps of optional fields;
/// quantities are text in canonical form.</summary>
internal static class GoNormalizer
{
    public static void Apply(SchemaNode schema, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject fields when schema.AdditionalProperties is { } each:
                ApplyToMap(each, fields);
                break;
            case JsonObject fields when !schema.PreserveUnknownFields:
                ApplyToStruct(schema, fields);
                break;
            case JsonArray items when schema.Items is { } each:
                foreach (JsonNode? item in items)
                {
                    Apply(each, item);
                }

                break;
            default:
                break;
        }
    }

    private static void ApplyToStruct(SchemaNode schema, JsonObject fields)
    {
        foreach (string name in fields.Select(f => f.Key).ToArray())
        {
            if (schema.Properties.GetValueOrDefault(name) is not { } known || known.PreserveUnknownFields)
            {
                continue;
            }

            Apply(known, fields[name]);
            if (fields[name] is null || (IsEmpty(known, fields[name]) && !schema.Required.Contains(name)))
            {
                fields.Remove(name);
            }
            else if (QuantityText(known, fields[name]) is { } text)
            {
                fields[name] = text;
            }
        }
    }

    private static void ApplyToMap(SchemaNode each, JsonObject fields)
    {
        foreach (string name in fields.Select(f => f.Key).ToArray())
        {
            Apply(each, fields[name]);
            if (fields[name] is null && each.Type == "string")
            {
                fields[name] = "";
            }
            else if (QuantityText(each, fields[name]) is { } text)
            {
                fields[name] = text;
            }
        }
    }

    private static bool IsEmpty(SchemaNode schema, JsonNode? value) => value switch
    {
        JsonArray items => items.Count == 0,
        JsonObject fields => fields.Count == 0 && schema.AdditionalProperties is not null,
        _ => false,
    };

    private static string? QuantityText(SchemaNode schema, JsonNode? value) =>
        schema.Format == "quantity" && value.Scalar() is { } text ? Quantity.Canonical(text) : null;
}
