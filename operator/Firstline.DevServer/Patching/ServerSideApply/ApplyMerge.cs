using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Lays an applied configuration over the live object.</summary>
internal static class ApplyMerge
{
    /// <param name="live">Not changed; null when there is nothing yet.</param>
    /// <param name="applied">Not changed.</param>
    /// <param name="schema">Schema of both.</param>
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, SchemaNode schema)
    {
        FieldShape shape = FieldShapes.Of(schema, applied);
        return (shape, live) switch
        {
            (FieldShape.Map, JsonObject or null) => Maps(live as JsonObject, (JsonObject)applied!, schema),
            (FieldShape.KeyedList or FieldShape.Set, JsonArray or null) => Lists(live as JsonArray, (JsonArray)applied!, schema, shape),
            _ => applied?.DeepClone(),
        };
    }

    private static JsonObject Maps(JsonObject? live, JsonObject applied, SchemaNode schema)
    {
        JsonObject merged = (JsonObject?)live?.DeepClone() ?? [];
        foreach ((string name, JsonNode? value) in applied)
        {
            SchemaNode child = FieldShapes.Child(schema, name);
            if (value is null && !child.Nullable)
            {
                merged.Remove(name);
                continue;
            }

            merged[name] = Merge(live?[name], value, child);
        }

        return merged;
    }

    /// <summary>Applied items come in the applied order; live items that are not applied keep their place before the shared item they preceded.</summary>
    private static JsonArray Lists(JsonArray? live, JsonArray applied, SchemaNode schema, FieldShape shape)
    {
        List<KeyValuePair<string, JsonNode?>> theirs = [.. FieldShapes.Entries(schema, shape, live)];
        Dictionary<string, JsonNode?> byElement = new(theirs, StringComparer.Ordinal);
        Queue<KeyValuePair<string, JsonNode?>> ours = new(FieldShapes.Entries(schema, shape, applied));
        HashSet<string> claimed = [.. ours.Select(entry => entry.Key)];
        HashSet<string> placed = new(StringComparer.Ordinal);
        JsonArray merged = [];

        void PlaceUntil(string? element)
        {
            while (ours.TryDequeue(out KeyValuePair<string, JsonNode?> next))
            {
                placed.Add(next.Key);
                merged.Add(Merge(byElement.GetValueOrDefault(next.Key), next.Value, FieldShapes.Items(schema)));
                if (next.Key == element)
                {
                    return;
                }
            }
        }

        foreach ((string element, JsonNode? item) in theirs)
        {
            if (!claimed.Contains(element))
            {
                merged.Add(item?.DeepClone());
            }
            else if (!placed.Contains(element))
            {
                PlaceUntil(element);
            }
        }

        PlaceUntil(null);
        return merged;
    }
}
