using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of a Node. Its images, addresses and capacity, most of its bytes, are not among it.</summary>
internal static class NodeProjection
{
    private const string CordonTaint = "node.kubernetes.io/unschedulable";

    public static NodeFacts Read(ReadOnlySpan<byte> json)
    {
        NodeWire node = JsonSerializer.Deserialize(json, WireJson.Default.NodeWire) ?? new(null, null, null);
        ObjectMeta metadata = node.Metadata ?? new();
        return new()
        {
            Ref = Projecting.Ref(BuiltinTypes.Nodes, metadata),
            Labels = metadata.Labels,
            Annotations = Projecting.Annotations(metadata),
            IsPausedByMark = Projecting.IsPaused(metadata),
            LastRemediation = Projecting.LastRemediation(metadata),
            CreatedAt = metadata.CreationTimestamp ?? default,
            Deletion = Projecting.Deletion(metadata),
            IsCordoned = node.Spec is { Unschedulable: true },
            CordonedAt = node.Spec is { Unschedulable: true } ? CordonedAt(node.Spec, metadata) : null,
            Taints = [.. (node.Spec?.Taints ?? []).Select(Taint)],
            Conditions = Projecting.Conditions(node.Status?.Conditions),
        };
    }

    private static TaintFacts Taint(TaintWire taint) => new(taint.Key ?? "", taint.Value ?? "", taint.Effect ?? "") { TimeAdded = taint.TimeAdded };

    // A node whose taint does not say when was tainted together with it.
    private static DateTimeOffset? CordonedAt(NodeSpecWire spec, ObjectMeta metadata) =>
        DateTimeOffset.TryParse(Array.Find(spec.Taints ?? [], static t => t.Key == CordonTaint)?.TimeAdded, System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset at)
            ? at : metadata.CreationTimestamp;
}
