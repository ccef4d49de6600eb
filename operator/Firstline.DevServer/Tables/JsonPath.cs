using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

/// <summary>The JSONPath of printer columns: fields, indices, <c>[*]</c> and filters such as <c>[?(@.type=="Ready")]</c>.</summary>
internal sealed class JsonPath
{
    private readonly ImmutableArray<JsonPathStep> _steps;

    private JsonPath(ImmutableArray<JsonPathStep> steps) => _steps = steps;

    /// <exception cref="FormatException">The text is no path of this language.</exception>
    public static JsonPath Parse(string text) => new(JsonPathParser.Parse(text));

    /// <summary>All nodes that the path leads to, in order. A path that leads nowhere gives none; nulls are left out.</summary>
    public IEnumerable<JsonNode> Find(JsonNode root)
    {
        IEnumerable<JsonNode?> found = [root];
        foreach (JsonPathStep step in _steps)
        {
            found = [.. found.SelectMany(n => Next(step, n))];
        }

        return found.OfType<JsonNode>();
    }

    private static IEnumerable<JsonNode?> Next(JsonPathStep step, JsonNode? node) => step switch
    {
        JsonPathStep.Field field => node is JsonObject parent && parent.TryGetPropertyValue(field.Name, out JsonNode? value) ? [value] : [],
        JsonPathStep.Index index => At(node as JsonArray ?? [], index.Position),
        JsonPathStep.All => node switch { JsonArray items => items, JsonObject fields => fields.Select(f => f.Value), _ => [] },
        JsonPathStep.Filter filter => (node as JsonArray ?? []).Where(i => i is not null && Holds(filter, i)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<JsonNode?> At(JsonArray items, int position)
    {
        int index = position < 0 ? items.Count + position : position;
        return index >= 0 && index < items.Count ? [items[index]] : [];
    }

    private static bool Holds(JsonPathStep.Filter filter, JsonNode item)
    {
        JsonNode? found = filter.Path.Find(item).FirstOrDefault();
        if (filter.Operator.Length == 0)
        {
            return found is not null;
        }

        int? order = found is null ? null : Compare(found, filter.Value);
        return filter.Operator switch
        {
            "==" => order == 0,
            "!=" => found is not null && order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => false,
        };
    }

    private static int? Compare(JsonNode found, JsonNode wanted) => (found.Number(), wanted.Number()) switch
    {
        ({ } one, { } other) => one.CompareTo(other),
        (null, null) => string.CompareOrdinal(found.Scalar(), wanted.Scalar()),
        _ => null,
    };
}
