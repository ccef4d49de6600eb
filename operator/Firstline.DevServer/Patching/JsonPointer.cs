using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching;

/// <summary>RFC 6901: walks to the parent of what a pointer names, and edits there.</summary>
internal static class JsonPointer
{
    public static string[] Parse(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        if (pointer[0] != '/')
        {
            throw new PatchException(PatchFailure.DoesNotApply, $"invalid JSON pointer \"{pointer}\"");
        }

        return [.. pointer[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    /// <exception cref="PatchException">Nothing is there.</exception>
    public static JsonNode? Get(JsonNode? root, ReadOnlySpan<string> path)
    {
        JsonNode? node = root;
        foreach (string part in path)
        {
            node = node switch
            {
                JsonObject map when map.TryGetPropertyValue(part, out JsonNode? value) => value,
                JsonArray list => list[Index(list, part, list.Count - 1)],
                _ => throw Missing(path),
            };
        }

        return node;
    }

    public static void Add(JsonNode root, ReadOnlySpan<string> path, JsonNode? value)
    {
        switch (Get(root, path[..^1]))
        {
            case JsonObject map:
                map[path[^1]] = value;
                break;
            case JsonArray list:
                list.Insert(path[^1] == "-" ? list.Count : Index(list, path[^1], list.Count), value);
                break;
            default:
                throw Missing(path);
        }
    }

    public static void Remove(JsonNode root, ReadOnlySpan<string> path)
    {
        switch (Get(root, path[..^1]))
        {
            case JsonObject map when map.Remove(path[^1]):
                break;
            case JsonArray list:
                list.RemoveAt(Index(list, path[^1], list.Count - 1));
                break;
            default:
                throw Missing(path);
        }
    }

    private static int Index(JsonArray list, string part, int last)
    {
        if (int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) && index <= last && index >= -(last + 1))
        {
            return index < 0 ? last + 1 + index : index;   // as a real server does: -1 is the last
        }

        throw new PatchException(PatchFailure.DoesNotApply, $"index {part} is out of the bounds of a list of {list.Count}");
    }

    private static PatchException Missing(ReadOnlySpan<string> path) =>
        new(PatchFailure.DoesNotApply, $"path /{string.Join('/', path.ToArray())} does not exist");
}
