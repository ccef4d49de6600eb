using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>Finds a part of an answer: <c>.metadata.name</c>, <c>.items[0].spec</c>, <c>.resources[name=gauges].verbs</c>, <c>.paths|keys</c>; a dot within a name is <c>\.</c></summary>
internal static partial class JsonPart
{
    public static JsonNode? Of(JsonNode? node, string path) => Step().Matches(path).Aggregate(node, (at, step) => Next(at, step.Value));

    private static JsonNode? Next(JsonNode? at, string step) => (at, step) switch
    {
        (null, _) => null,
        (JsonObject map, "|keys") => new JsonArray([.. map.Select(pair => JsonValue.Create(pair.Key))]),
        (JsonArray list, "|count") => list.Count,
        (JsonArray list, _) when step[0] == '[' => Item(list, step[1..^1]),
        (JsonArray list, _) => new JsonArray([.. list.Select(item => Next(item, step)?.DeepClone())]),
        (JsonObject map, _) when step[0] == '.' => map[step[1..].Replace("\\.", ".", StringComparison.Ordinal)],
        _ => null,
    };

    private static JsonNode? Item(JsonArray list, string which) => which.Split('=', 2) switch
    {
        [string field, string value] => list.FirstOrDefault(item => Of(item, $".{field}")?.ToString() == value),
        _ => int.Parse(which, System.Globalization.CultureInfo.InvariantCulture) is var i && i < list.Count ? list[i] : null,
    };

    [GeneratedRegex(@"\.(\\.|[^.\[|\\])+|\[[^\]]*\]|\|(keys|count)$")]
    private static partial Regex Step();
}
