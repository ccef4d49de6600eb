using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;

namespace Firstline.Controllers.Observation;

/// <summary>Reads revisions: ReplicaSets of Deployments, and ControllerRevisions of StatefulSets and DaemonSets.</summary>
internal static class RevisionProjection
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private const string PodTemplateHash = "pod-template-hash";
    private const string ControllerRevisionHash = "controller-revision-hash";

    public static OwnedRevision ReadReplicaSet(ReadOnlySpan<byte> json)
    {
        RevisionWire set = JsonSerializer.Deserialize(json, WireJson.Default.RevisionWire) ?? new(null, null, null);
        ObjectMeta metadata = set.Metadata ?? new();
        _ = long.TryParse(metadata.Annotations.GetValueOrDefault(RevisionAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        return new(
            new()
            {
                Ref = Projecting.Ref(BuiltinTypes.ReplicaSets, metadata),
                Number = number,
                CreatedAt = metadata.CreationTimestamp ?? default,
                PodHash = metadata.Labels.GetValueOrDefault(PodTemplateHash, ""),
                DesiredPods = set.Spec?.Replicas ?? 1,
                ReadyPods = (set.Status ?? WorkloadStatusWire.None).ReadyReplicas,
                TemplateJson = Template(set.Spec?.Template),
            },
            Projecting.Controller(metadata));
    }

    /// <summary>Pods of a ControllerRevision are not counted in it; whoever gathers a situation counts them.</summary>
    public static OwnedRevision ReadControllerRevision(ReadOnlySpan<byte> json)
    {
        ControllerRevisionWire revision = JsonSerializer.Deserialize(json, WireJson.Default.ControllerRevisionWire) ?? new(null, null, null);
        ObjectMeta metadata = revision.Metadata ?? new();
        OwnerReference? owner = Projecting.Controller(metadata);
        return new(
            new()
            {
                Ref = Projecting.Ref(BuiltinTypes.ControllerRevisions, metadata),
                Number = revision.Revision ?? 0,
                CreatedAt = metadata.CreationTimestamp ?? default,

                // Pods of a StatefulSet carry the revision's name, pods of a DaemonSet its hash.
                PodHash = owner?.Kind == "DaemonSet" ? metadata.Labels.GetValueOrDefault(ControllerRevisionHash, metadata.Name) : metadata.Name,
                TemplateJson = Template(revision.Data?.Spec?.Template),
            },
            owner);
    }

    private static string Template(JsonElement? template)
    {
        if (template is not { ValueKind: JsonValueKind.Object } given || JsonObject.Create(given) is not { } text)
        {
            return "{}";
        }

        text.Remove("$patch");   // ControllerRevisions hold a patch that replaces the template
        (text["metadata"]?["labels"] as JsonObject)?.Remove(PodTemplateHash);
        return text.ToJsonString();
    }
}
