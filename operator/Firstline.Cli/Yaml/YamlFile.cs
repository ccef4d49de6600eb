using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Requests;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Firstline.Cli.Yaml;

/// <summary>Reads YAML as kubectl does, keeping the lines for messages.</summary>
internal static class YamlFile
{
    /// <summary>The documents of a text, empty ones left out.</summary>
    /// <exception cref="YamlException">It is not YAML, or holds what JSON cannot; the message says where.</exception>
    public static ImmutableArray<YamlMappingNode> Parse(string text)
    {
        YamlStream stream = [];
        using StringReader reader = new(text);
        stream.Load(reader);
        ImmutableArray<YamlMappingNode> documents = [.. stream.Documents.Select(static d => d.RootNode).OfType<YamlMappingNode>().Where(static m => m.Children.Count > 0)];
        foreach (YamlMappingNode document in documents)
        {
            YamlReader.ToJson(document);   // so that who walks the nodes may take every key for text
        }

        return documents;
    }

    /// <summary>A document as JSON.</summary>
    public static JsonObject Json(YamlMappingNode document) => (JsonObject)YamlReader.ToJson(document)!;

    /// <summary>The documents of a text as JSON.</summary>
    /// <exception cref="YamlException">It is not YAML, or holds what JSON cannot; the message says where.</exception>
    public static ImmutableArray<JsonObject> ParseJson(string text) => [.. Parse(text).Select(Json)];
}
