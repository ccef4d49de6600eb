using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>What is read of an object right before it is changed.</summary>
public sealed record FreshObject
{
    /// <summary><c>metadata.uid</c>.</summary>
    public required string Uid { get; init; }

    /// <summary><c>metadata.resourceVersion</c>.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary><c>metadata.generation</c>; null where the kind has none.</summary>
    public long? Generation { get; init; }

    /// <summary>Hash of the content of a ConfigMap, of what people decide about a Node, an autoscaler or a claim, or of the spec of a Deployment or StatefulSet without its replicas; null for other kinds.</summary>
    public string? ContentHash { get; init; }

    /// <summary>True when its replicas were set last through the scale subresource; see <see cref="Scaling.IsByScale"/>.</summary>
    public bool IsScaled { get; init; }

    /// <summary>Which step changed it last: <see cref="RemediationMark.Step"/> of its annotation; null when there is none.</summary>
    public string? Mark { get; init; }

    /// <summary>True when its deletion was asked for.</summary>
    public bool IsEnding { get; init; }

    /// <summary>True when the object has annotations at all.</summary>
    public bool HasAnnotations { get; init; }

    /// <summary><c>spec.taints</c> of a Node as it was read; null when it has none.</summary>
    internal JsonArray? Taints { get; init; }

    /// <summary>Reads it from an object as the API server sends it.</summary>
    public static FreshObject Read(JsonNode json)
    {
        JsonNode? metadata = json["metadata"];
        return new()
        {
            Uid = (string?)metadata?["uid"] ?? "",
            ResourceVersion = (string?)metadata?["resourceVersion"] ?? "",
            Generation = (long?)metadata?["generation"],
            ContentHash = HashOf(json),
            IsScaled = Scaling.IsByScale(Encoding.UTF8.GetBytes(json.ToJsonString())),
            Mark = MarkOf(metadata),
            IsEnding = metadata?["deletionTimestamp"] is not null,
            HasAnnotations = metadata?["annotations"] is JsonObject,
            Taints = json["spec"]?["taints"] as JsonArray,
        };
    }

    private static string? HashOf(JsonNode json) => (string?)json["kind"] switch
    {
        "HorizontalPodAutoscaler" => Planning.ContentHash.OfBound((int?)json["spec"]?["maxReplicas"] ?? 0),
        "PersistentVolumeClaim" => Planning.ContentHash.OfSize((string?)json["spec"]?["resources"]?["requests"]?["storage"]),
        "Node" => Planning.ContentHash.OfNode(json),
        "ConfigMap" => Planning.ContentHash.OfData(json["data"]),
        "Deployment" or "StatefulSet" => Scaling.HashOf(json),
        _ => null,
    };

    private static string? MarkOf(JsonNode? metadata) => RemediationMark.Parse((string?)metadata?["annotations"]?[AnnotationNames.LastRemediation])?.Step;
}
