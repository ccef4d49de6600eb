using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>Computes the smallest merge patch (RFC 7386), so that a write which changes nothing is not made.</summary>
internal static class MergePatch
{
    /// <summary>
    /// Members of <paramref name="desired"/> that differ from <paramref name="current"/>; a null member asks for removal.
    /// Zero, false, empty text and empty collections equal a missing member, as the API server leaves them out.
    /// </summary>
    /// <returns>The patch; null when nothing differs.</returns>
    public static JsonObject? Between(JsonElement current, JsonObject desired)
    {
        JsonObject patch = [];
        foreach ((string name, JsonNode? wanted) in desired)
        {
            JsonElement present = current.At(name);
            if (wanted is JsonObject nested && present.ValueKind == JsonValueKind.Object)
            {
                if (Between(present, nested) is { } inner)
                {
                    patch[name] = inner;
                }
            }
            else if (!Same(present, wanted))
            {
                patch[name] = wanted?.DeepClone();
            }
        }

        return patch.Count == 0 ? null : patch;
    }

    private static bool Same(JsonElement present, JsonNode? wanted) => present.IsMissing()
        ? IsEmpty(wanted)
        : wanted is not null && JsonElement.DeepEquals(present, JsonElement.Parse(wanted.ToJsonString()));

    private static bool IsEmpty(JsonNode? node) => node switch
    {
        null => true,
        JsonObject map => map.All(member => IsEmpty(member.Value)),
        JsonArray list => list.Count == 0,
        JsonValue value when value.TryGetValue(out bool flag) => !flag,
        JsonValue value when value.TryGetValue(out string? text) => text.Length == 0,
        JsonValue value when value.TryGetValue(out int number) => number == 0,
        _ => false,
    };
}
