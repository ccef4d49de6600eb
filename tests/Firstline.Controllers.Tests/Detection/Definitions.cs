using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Testing;
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
        return [.. Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "crds"), "firstline.dev_*.yaml").Order(StringComparer.Ordinal)
            .Select(file => (JsonObject)JsonNode.Parse(json.Serialize(yaml.Deserialize<object>(File.ReadAllText(file))))!)];
    }
}
