using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>What the types themselves say of built-in kinds: required fields and allowed values.</summary>
internal static class BuiltinFieldRules
{
    /// <summary>Adds what no rule has said already of the same field.</summary>
    public static void Check(SchemaNode schema, JsonNode? value, string path, FieldErrors errors)
    {
        switch (value)
        {
            case JsonObject fields:
                CheckObject(schema, fields, path, errors);
                break;
            case JsonArray items when schema.Items is { } each:
                for (int i = 0; i < items.Count; i++)
                {
                    Check(each, items[i], FieldPath.Index(path, i), errors);
                }

                break;
            case not null:
                CheckEnum(schema, value, path, errors);
                break;
            default:
                break;
        }
    }

    private static void CheckObject(SchemaNode schema, JsonObject fields, string path, FieldErrors errors)
    {
        foreach (string name in schema.Required)
        {
            string at = FieldPath.Child(path, name);
            if (!fields.ContainsKey(name) && !errors.Any(e => e.Field == at))
            {
                errors.Required(at);
            }
        }

        foreach ((string name, JsonNode? field) in fields)
        {
            if (schema.Properties.GetValueOrDefault(name) is { } known)
            {
                Check(known, field, FieldPath.Child(path, name), errors);
            }
        }
    }

    private static void CheckEnum(SchemaNode schema, JsonNode value, string path, FieldErrors errors)
    {
        if (!schema.Enum.IsEmpty && !schema.Enum.Any(e => JsonNode.DeepEquals(e, value)) && !errors.Any(e => e.Field == path))
        {
            errors.NotSupported(path, value, schema.Enum);
        }
    }
}
