using System.Text.Json.Nodes;

namespace Firstline.Generate.Tests;

/// <summary>The complete objects of the wire shapes' own tests: one per kind, every field with a value.</summary>
internal static class Golden
{
    public static JsonObject Read(string kind) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", $"{kind}.json")))!.AsObject();
}
