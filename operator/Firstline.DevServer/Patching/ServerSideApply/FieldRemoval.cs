using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Takes fields out of an object.</summary>
internal static class FieldRemoval
{
    /// <param name="node">Changed in place.</param>
    /// <param name="fields">What goes; a member goes with all that is below it.</param>
    /// <param name="schema">Schema of <paramref name="node"/>.</param>
    public static void Remove(JsonNode? node, FieldSet fields, SchemaNode schema)
    {
        switch (FieldShapes.Of(schema, node))
        {
            case FieldShape.Map:
                RemoveFromMap((JsonObject)node!, fields, schema);
                break;
            case FieldShape.KeyedList or FieldShape.Set:
                RemoveFromList((JsonArray)node!, fields, schema);
                break;
        }
    }

    private static void RemoveFromMap(JsonObject map, FieldSet fields, SchemaNode schema)
    {
        foreach ((string element, FieldSet child) in fields.Children)
        {
            string name = element[2..];
            if (child.Owned)
            {
                map.Remove(name);
            }
            else
            {
                Remove(map[name], child, FieldShapes.Child(schema, name));
            }
        }
    }

    private static void RemoveFromList(JsonArray list, FieldSet fields, SchemaNode schema)
    {
        foreach ((string element, JsonNode? item) in FieldShapes.Entries(schema, FieldShapes.Of(schema, list), list).ToList())
        {
            FieldSet child = fields.Child(element);
            if (child.Owned)
            {
                list.Remove(item);
            }
            else
            {
                Remove(item, child, FieldShapes.Items(schema));
            }
        }
    }
}
