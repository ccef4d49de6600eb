using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>Hash of what people decide about a node: whether it is cordoned, and its taints but for those that the control plane keeps.</summary>
    public static string Of(NodeFacts node) => OfNode(node.IsCordoned, node.Taints);

    /// <summary>The same of a Node as the API server sends it.</summary>
    public static string OfNode(JsonNode node) => OfNode((bool?)node["spec"]?["unschedulable"] ?? false, [.. TaintsOf(node)]);

    private static string OfNode(bool unschedulable, ImmutableArray<TaintFacts> taints) => CanonicalJson.HashOfText(
        $"{(unschedulable ? "cordoned" : "")} {string.Join(' ', taints.Where(static t => !t.IsBySystem).Select(static t => t.ToString()).Order(StringComparer.Ordinal))}");

    private static IEnumerable<TaintFacts> TaintsOf(JsonNode node) =>
        from taint in node["spec"]?["taints"] as JsonArray ?? []
        select new TaintFacts((string?)taint?["key"] ?? "", (string?)taint?["value"] ?? "", (string?)taint?["effect"] ?? "");

    /// <summary>Hash of the most replicas that an autoscaler may set.</summary>
    public static string OfBound(int most) => CanonicalJson.HashOfText(string.Create(CultureInfo.InvariantCulture, $"most {most}"));

    /// <summary>Hash of the size that a claim asks for.</summary>
    public static string OfSize(string? requested) => CanonicalJson.HashOfText($"size {requested}");

    /// <summary>Hash of the <c>data</c> of a ConfigMap as the API server sends it; null is the same as empty.</summary>
    public static string OfData(JsonNode? data) => CanonicalJson.Hash(data ?? new JsonObject());
}
