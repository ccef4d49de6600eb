using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>The wire form of a <see cref="FieldSet"/> in <c>managedFields[].fieldsV1</c>.</summary>
internal static class FieldsV1
{
    private const string Self = ".";

    public static JsonObject Format(FieldSet set)
    {
        JsonObject json = [];
        if (set.Owned && !set.Children.IsEmpty)
        {
            json[Self] = new JsonObject();
        }

        foreach ((string element, FieldSet child) in set.Children)
        {
            json[element] = Format(child);
        }

        return json;
    }

    public static FieldSet Parse(JsonObject json)
    {
        FieldSet set = json.ContainsKey(Self) ? FieldSet.Leaf : FieldSet.Empty;
        foreach ((string element, JsonNode? child) in json)
        {
            if (element != Self && element.Length > 1)
            {
                set = set.With(element, child is JsonObject { Count: > 0 } map ? Parse(map) : FieldSet.Leaf);
            }
        }

        return set;
    }
}
