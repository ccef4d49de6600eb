using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Entries of sets and of lists with keys must be unique.</summary>
internal static class ListRules
{
    public static void Check(SchemaNode schema, JsonNode? value, string path, FieldErrors errors)
    {
        switch (value)
        {
            case JsonObject fields:
                foreach ((string name, JsonNode? field) in fields)
                {
                    if ((schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } known)
                    {
                        Check(known, field, FieldPath.Child(path, name), errors);
                    }
                }

                break;
            case JsonArray items when schema.Items is { } each:
                CheckUnique(schema, items, path, errors);
                for (int i = 0; i < items.Count; i++)
                {
                    Check(each, items[i], FieldPath.Index(path, i), errors);
                }

                break;
            default:
                break;
        }
    }

    private static void CheckUnique(SchemaNode schema, JsonArray items, string path, FieldErrors errors)
    {
        if (schema.ListType is not ("set" or "map"))
        {
            return;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < items.Count; i++)
        {
            JsonNode? key = schema.ListType == "set" ? items[i] : KeyOf(schema, items[i]);
            if (!seen.Add(FieldErrors.Show(key)))
            {
                errors.Duplicate(FieldPath.Index(path, i), key);
            }
        }
    }

    private static JsonObject KeyOf(SchemaNode schema, JsonNode? item)
    {
        JsonObject key = [];
        foreach (string name in schema.ListMapKeys)
        {
            if (item.At(name) is { } part)
            {
                key[name] = part.DeepClone();
            }
        }

        return key;
    }
}
