using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>The fields that an applied configuration claims.</summary>
internal static class OwnedFields
{
    /// <summary>One path per leaf, one per list item and one per map entry; structures are owned only through what is in them.</summary>
    public static FieldSet Of(JsonNode? value, SchemaNode schema)
    {
        FieldShape shape = FieldShapes.Of(schema, value);
        return shape switch
        {
            FieldShape.Map => OfMap((JsonObject)value!, schema),
            FieldShape.KeyedList or FieldShape.Set => OfList((JsonArray)value!, schema, shape),
            _ => FieldSet.Leaf,
        };
    }

    /// <summary>The same set, and every declared field on the way to a member: removing the last field of a structure removes the structure.</summary>
    public static FieldSet WithNamedParents(FieldSet set, SchemaNode schema)
    {
        FieldSet result = set;
        foreach ((string element, FieldSet child) in set.Children)
        {
            bool field = element.StartsWith("f:", StringComparison.Ordinal);
            SchemaNode below = field ? FieldShapes.Child(schema, element[2..]) : FieldShapes.Items(schema);
            FieldSet full = WithNamedParents(child, below);
            result = result.With(element, field && FieldShapes.IsNamed(schema, element[2..]) ? full with { Owned = true } : full);
        }

        return result;
    }

    private static FieldSet OfMap(JsonObject map, SchemaNode schema)
    {
        FieldSet set = FieldSet.Empty;
        foreach ((string name, JsonNode? value) in map)
        {
            FieldSet child = Of(value, FieldShapes.Child(schema, name));
            bool whole = value is null or JsonObject { Count: 0 } || !FieldShapes.IsNamed(schema, name);
            set = set.With(PathElement.Field(name), whole ? child with { Owned = true } : child);
        }

        return set;
    }

    private static FieldSet OfList(JsonArray list, SchemaNode schema, FieldShape shape) =>
        FieldShapes.Entries(schema, shape, list).Aggregate(
            FieldSet.Empty, (set, entry) => set.With(entry.Key, Of(entry.Value, FieldShapes.Items(schema)) with { Owned = true }));
}
