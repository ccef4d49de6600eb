using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>Reads shapes and children from schemas; where the schema says nothing, maps are granular and lists atomic.</summary>
internal static class FieldShapes
{
    public static FieldShape Of(SchemaNode schema, JsonNode? value) => value switch
    {
        JsonObject when schema.MapType != "atomic" && !schema.IntOrString => FieldShape.Map,
        JsonArray when schema.ListType == "map" => FieldShape.KeyedList,
        JsonArray when schema.ListType == "set" => FieldShape.Set,
        _ => FieldShape.Leaf,
    };

    /// <summary>The shape two versions of a field share; the one that exists decides.</summary>
    public static FieldShape Of(SchemaNode schema, JsonNode? before, JsonNode? after)
    {
        FieldShape left = Of(schema, before);
        FieldShape right = Of(schema, after);
        return before is null ? right : after is null || left == right ? left : FieldShape.Leaf;
    }

    public static SchemaNode Child(SchemaNode schema, string name) =>
        schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties ?? SchemaNode.Anything;

    /// <summary>True for a declared field, false for an entry of a map.</summary>
    public static bool IsNamed(SchemaNode schema, string name) => schema.Properties.ContainsKey(name);

    public static SchemaNode Items(SchemaNode schema) => schema.Items ?? SchemaNode.Anything;

    /// <summary>A list's items by path element, in order; of items with equal keys the first.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(SchemaNode schema, FieldShape shape, JsonArray? list)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonNode? item in list ?? [])
        {
            string? element = shape == FieldShape.Set ? PathElement.Value(item) : PathElement.Key(schema, item);
            if (element is not null && seen.Add(element))
            {
                yield return KeyValuePair.Create(element, item);
            }
        }
    }
}
