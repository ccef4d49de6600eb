using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>Data files inside the assembly.</summary>
internal static class EmbeddedJson
{
    public static JsonNode Read(string name)
    {
        using Stream stream = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the data file {name} is missing from the assembly");
        return JsonNode.Parse(stream) ?? throw new InvalidOperationException($"the data file {name} is empty");
    }
}
