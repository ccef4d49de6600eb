using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>What a change of an object added, modified and removed.</summary>
internal sealed record FieldComparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    private static readonly FieldComparison None = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);

    /// <summary>Fields of built-in kinds that are never absent, only empty: plain structures, and lists that are always written, in the server's types.</summary>
    private static readonly HashSet<string> Structures = new(StringComparer.Ordinal)
    {
        "metadata", "spec", "status", "template", "strategy", "updateStrategy", "jobTemplate", "resources", "involvedObject", "regarding", "source",
        "containers", "rules", "scaleTargetRef", "roleRef", "loadBalancer", "daemonEndpoints", "kubeletEndpoint", "nodeInfo", "names",
    };

    public FieldSet Taken => Added.Union(Modified);

    /// <param name="before">Null when there was nothing.</param>
    /// <param name="after">Null when nothing is left.</param>
    /// <param name="schema">Schema of both.</param>
    /// <param name="presence">Whether some fields are never absent.</param>
    public static FieldComparison Of(JsonNode? before, JsonNode? after, SchemaNode schema, FieldPresence presence)
    {
        FieldShape shape = FieldShapes.Of(schema, before, after);
        FieldComparison inner = shape switch
        {
            FieldShape.Leaf => Leaf(before, after),
            _ when IsEmpty(before) && IsEmpty(after) => Leaf(before, after),
            FieldShape.Map => Maps(before as JsonObject, after as JsonObject, schema, presence),
            _ => Lists(before as JsonArray, after as JsonArray, schema, presence),
        };
        return inner.WithSelf(before is null && after is not null, after is null && before is not null);
    }

    private static JsonNode? EmptyLike(JsonNode? other) => other switch
    {
        JsonObject => new JsonObject(),
        JsonArray => new JsonArray(),
        _ => null,
    };

    private static bool IsEmpty(JsonNode? node) => node is null or JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static FieldComparison Leaf(JsonNode? before, JsonNode? after) =>
        before is null || after is null || JsonEquality.Same(before, after) ? None : None with { Modified = FieldSet.Leaf };

    private static FieldComparison Maps(JsonObject? before, JsonObject? after, SchemaNode schema, FieldPresence presence)
    {
        FieldComparison result = None;
        foreach (string name in Names(before).Union(Names(after), StringComparer.Ordinal))
        {
            JsonNode? left = before?[name];
            JsonNode? right = after?[name];
            if (presence == FieldPresence.Typed && Structures.Contains(name) && FieldShapes.IsNamed(schema, name))
            {
                left ??= before is null ? null : EmptyLike(right);
                right ??= after is null ? null : EmptyLike(left);
            }

            result = result.WithChild(PathElement.Field(name), Of(left, right, FieldShapes.Child(schema, name), presence));
        }

        return result;
    }

    private static FieldComparison Lists(JsonArray? before, JsonArray? after, SchemaNode schema, FieldPresence presence)
    {
        FieldShape shape = FieldShapes.Of(schema, before, after);
        Dictionary<string, JsonNode?> left = new(FieldShapes.Entries(schema, shape, before), StringComparer.Ordinal);
        Dictionary<string, JsonNode?> right = new(FieldShapes.Entries(schema, shape, after), StringComparer.Ordinal);
        return left.Keys.Union(right.Keys, StringComparer.Ordinal).Aggregate(
            None, (result, element) => result.WithChild(element, Of(left.GetValueOrDefault(element), right.GetValueOrDefault(element), FieldShapes.Items(schema), presence)));
    }

    private static IEnumerable<string> Names(JsonObject? map) => map?.Select(field => field.Key) ?? [];

    private FieldComparison WithChild(string element, FieldComparison child) =>
        new(Added.With(element, child.Added), Modified.With(element, child.Modified), Removed.With(element, child.Removed));

    private FieldComparison WithSelf(bool added, bool removed) =>
        new(added ? Added with { Owned = true } : Added, Modified, removed ? Removed with { Owned = true } : Removed);
}
