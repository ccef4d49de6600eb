using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Store;

/// <summary>Builds JSON trees whose values all have one form, whoever made them: strings and booleans as such, numbers as parsed text.</summary>
/// <remarks>Nothing in such a tree is materialised later: it can be read by many threads at once.</remarks>
internal static class CanonicalJson
{
    /// <param name="utf8">One JSON value.</param>
    public static JsonNode? Parse(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8);
        return Build(document.RootElement, "", null);
    }

    /// <param name="element">What to build from.</param>
    /// <param name="path">Path of <paramref name="element"/>, for <paramref name="duplicates"/>.</param>
    /// <param name="duplicates">Receives the paths of members that come twice; the last one counts.</param>
    public static JsonNode? Build(JsonElement element, string path, ImmutableArray<string>.Builder? duplicates) => element.ValueKind switch
    {
        JsonValueKind.Object => BuildObject(element, path, duplicates),
        JsonValueKind.Array => BuildArray(element, path, duplicates),
        JsonValueKind.String => JsonValue.Create(element.GetString()),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        JsonValueKind.Number => JsonValue.Create(element.Clone()),
        _ => null,
    };

    private static JsonObject BuildObject(JsonElement element, string path, ImmutableArray<string>.Builder? duplicates)
    {
        JsonObject map = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string below = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (duplicates is not null && map.ContainsKey(member.Name))
            {
                duplicates.Add(below);
            }

            map[member.Name] = Build(member.Value, duplicates is null ? "" : below, duplicates);
        }

        return map;
    }

    private static JsonArray BuildArray(JsonElement element, string path, ImmutableArray<string>.Builder? duplicates)
    {
        JsonArray list = [];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            list.Add(Build(item, duplicates is null ? "" : $"{path}[{index++}]", duplicates));
        }

        return list;
    }
}
