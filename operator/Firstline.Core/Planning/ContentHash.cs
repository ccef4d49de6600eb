using System.Text.Json.Nodes;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>Stands in for <c>metadata.generation</c> where a kind has none.</summary>
public static class ContentHash
{
    /// <summary>Hash of a ConfigMap's data.</summary>
    public static string Of(ConfigMapFacts config)
    {
        JsonObject data = [];
        foreach ((string key, string value) in config.Data)
        {
            data[key] = value;
        }

        return CanonicalJson.Hash(data);
    }

    /// <summary>Hash of the <c>data</c> of a ConfigMap as the API server sends it; null is the same as empty.</summary>
    public static string OfData(JsonNode? data) => CanonicalJson.Hash(data ?? new JsonObject());
}
