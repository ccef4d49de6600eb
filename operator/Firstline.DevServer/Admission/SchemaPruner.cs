using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Drops the fields that a schema does not know.</summary>
internal static class SchemaPruner
{
    /// <returns>The paths of the dropped fields, sorted.</returns>
    public static List<string> Prune(SchemaNode schema, JsonObject value)
    {
        List<string> dropped = [];
        Prune(schema, value, "", dropped);
        dropped.Sort(StringComparer.Ordinal);
        return dropped;
    }

    private static void Prune(SchemaNode schema, JsonNode? value, string path, List<string> dropped)
    {
        switch (value)
        {
            case JsonObject fields:
                PruneObject(schema, fields, path, dropped);
                break;
            case JsonArray items when schema.Items is { } each:
                for (int i = 0; i < items.Count; i++)
                {
                    Prune(each, items[i], FieldPath.Index(path, i), dropped);
                }

                break;
            default:
                break;
        }
    }

    private static void PruneObject(SchemaNode schema, JsonObject fields, string path, List<string> dropped)
    {
        List<string>? unknown = null;
        foreach ((string name, JsonNode? field) in fields)
        {
            SchemaNode? known = schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties;
            if (known is not null)
            {
                Prune(known, field, FieldPath.Child(path, name), dropped);
            }
            else if (!schema.PreserveUnknownFields)
            {
                (unknown ??= []).Add(name);
            }
        }

        foreach (string name in unknown ?? [])
        {
            fields.Remove(name);
            dropped.Add(FieldPath.Child(path, name));
        }
    }
}
