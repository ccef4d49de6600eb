using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads revisions: ReplicaSets of Deployments, and ControllerRevisions of StatefulSets and DaemonSets.</summary>
internal static class RevisionProjection
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private const string PodTemplateHash = "pod-template-hash";
    private const string ControllerRevisionHash = "controller-revision-hash";

    /// <remarks>A template that can't have changed since is not packed again: a ReplicaSet tells of each pod that gets ready.</remarks>
    public static OwnedRevision ReadReplicaSet(ReadOnlySpan<byte> json, OwnedRevision? last)
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
                Template = IsSame(metadata, last) ? last!.Facts.Template : Template(set.Spec?.Template),
            },
            Projecting.Controller(metadata),
            metadata.Generation);
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
                Template = Template(revision.Data?.Spec?.Template),
            },
            owner,
            metadata.Generation);
    }

    private static bool IsSame(ObjectMeta metadata, OwnedRevision? last) =>
        last is not null && metadata.Generation > 0 && metadata.Generation == last.Generation && metadata.Uid == last.Facts.Ref.Uid;

    private static PackedText Template(JsonElement? template)
    {
        if (template is not { ValueKind: JsonValueKind.Object } given || JsonObject.Create(given) is not { } text)
        {
            return PackedText.EmptyObject;
        }

        text.Remove("$patch");   // ControllerRevisions hold a patch that replaces the template
        (text["metadata"]?["labels"] as JsonObject)?.Remove(PodTemplateHash);
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
        {
            text.WriteTo(writer);
        }

        return PackedText.Of(bytes.WrittenSpan);
    }
}
