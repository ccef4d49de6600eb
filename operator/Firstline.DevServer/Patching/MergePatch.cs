using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching;

/// <summary>JSON merge patch, RFC 7386: objects merge, null removes, everything else replaces.</summary>
internal static class MergePatch
{
    /// <param name="document">Not changed.</param>
    /// <param name="patch">Not changed.</param>
    public static JsonObject Apply(JsonObject document, JsonObject patch) => Merge((JsonObject)document.DeepClone(), patch);

    private static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject map:
                    JsonObject into = target[name] as JsonObject ?? [];
                    target.Remove(name);
                    target[name] = Merge(into, map);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }

        return target;
    }
}
