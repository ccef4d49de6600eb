using System.Text.Json.Nodes;

namespace Firstline.DevServer.Discovery;

/// <summary>JSON lists from sequences.</summary>
internal static class JsonLists
{
    public static JsonArray ToJson(this IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)JsonValue.Create(t))];

    public static JsonArray ToJson(this IEnumerable<JsonObject> objects) => [.. objects];
}
