using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Fills in a schema's defaults, and drops nulls where null is no value, as the server does for custom resources.</summary>
internal static class SchemaDefaulter
{
    public static void Apply(SchemaNode schema, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject fields:
                ApplyToObject(schema, fields);
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

    private static void ApplyToObject(SchemaNode schema, JsonObject fields)
    {
        DropNulls(schema, fields);
        foreach ((string name, SchemaNode property) in schema.Properties)
        {
            if (property.Default is not null && !fields.ContainsKey(name))
            {
                fields[name] = property.Default.DeepClone();
            }

            Apply(property, fields[name]);
        }

        if (schema.AdditionalProperties is { } each)
        {
            foreach ((string name, JsonNode? field) in fields)
            {
                if (!schema.Properties.ContainsKey(name))
                {
                    Apply(each, field);
                }
            }
        }
    }

    private static void DropNulls(SchemaNode schema, JsonObject fields)
    {
        List<string>? nulls = null;
        foreach ((string name, JsonNode? field) in fields)
        {
            if (field is null && (schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { Nullable: false, PreserveUnknownFields: false })
            {
                (nulls ??= []).Add(name);
            }
        }

        foreach (string name in nulls ?? [])
        {
            fields.Remove(name);
        }
    }
}
