using System.Text;
using System.Text.Json.Nodes;

namespace Firstline.Kube.Client;

/// <summary>A change to an object, in one of the API server's patch formats.</summary>
/// <param name="ContentType">Media type of the format.</param>
/// <param name="Body">The patch, UTF-8 JSON.</param>
public sealed record Patch(string ContentType, ReadOnlyMemory<byte> Body)
{
    internal const string ApplyType = "application/apply-patch+yaml";

    /// <summary>RFC 7386: objects merge, null removes, lists are replaced.</summary>
    public static Patch Merge(JsonObject patch) => new("application/merge-patch+json", Utf8(patch));

    /// <summary>RFC 6902: a list of operations; not repeated after a broken connection.</summary>
    public static Patch Json(JsonArray operations) => new("application/json-patch+json", Utf8(operations));

    /// <summary>Kubernetes' own: lists merge by their keys; built-in kinds only.</summary>
    public static Patch Strategic(JsonObject patch) => new("application/strategic-merge-patch+json", Utf8(patch));

    private static byte[] Utf8(JsonNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }
}
