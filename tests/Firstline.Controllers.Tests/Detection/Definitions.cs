using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>The generated CustomResourceDefinitions of this repository, as JSON.</summary>
internal static class Definitions
{
    public static ImmutableArray<JsonObject> All { get; } = Load();

    private static ImmutableArray<JsonObject> Load()
    {
        IDeserializer yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        ISerializer json = new SerializerBuilder().JsonCompatible().Build();
        return [.. Directory.EnumerateFiles(Path.Combine(Root(), "crds"), "firstline.dev_*.yaml").Order(StringComparer.Ordinal)
            .Select(file => (JsonObject)JsonNode.Parse(json.Serialize(yaml.Deserialize<object>(File.ReadAllText(file))))!)];
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Operator.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Operator.sln was not found above the test's folder");
        }

        return folder;
    }
}
