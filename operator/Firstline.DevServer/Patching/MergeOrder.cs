using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching;

/// <summary>The order of a merged list: items that the patch names in the patch's order, the others in the stored order, merged so that
/// an item stays before another where both were stored in that order; otherwise the patch's items come first.</summary>
internal static class MergeOrder
{
    /// <param name="merged">All items.</param>
    /// <param name="order">The patch's items, or its <c>$setElementOrder</c>.</param>
    /// <param name="stored">The list before the patch.</param>
    /// <param name="key">Merge key; null for lists of scalars.</param>
    public static JsonArray Arrange(JsonArray merged, JsonArray order, JsonArray stored, string? key)
    {
        List<JsonNode?> items = [.. merged.Select(item => item?.DeepClone())];
        Queue<JsonNode?> named = new(items.Where(item => Rank(order, item, key) >= 0).OrderBy(item => Rank(order, item, key)));
        Queue<JsonNode?> others = new(items.Where(item => Rank(order, item, key) < 0).OrderBy(item => Rank(stored, item, key)));
        JsonArray arranged = [];
        while (named.Count > 0 || others.Count > 0)
        {
            bool otherFirst = named.Count == 0 || (others.Count > 0 && WasBefore(others.Peek(), named.Peek(), stored, key));
            arranged.Add(otherFirst ? others.Dequeue() : named.Dequeue());
        }

        return arranged;
    }

    private static bool WasBefore(JsonNode? left, JsonNode? right, JsonArray stored, string? key)
    {
        int first = Rank(stored, left, key);
        int second = Rank(stored, right, key);
        return first >= 0 && second >= 0 && first < second;
    }

    private static int Rank(JsonArray list, JsonNode? item, string? key)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (IsSame(list[i], item, key))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsSame(JsonNode? left, JsonNode? right, string? key) =>
        key is null ? JsonEquality.Same(left, right) : JsonEquality.Same((left as JsonObject)?[key], (right as JsonObject)?[key]);
}
