using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.Controllers.Observation.Wire;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Reads what is read of a Node. Its images, addresses and capacity, most of its bytes, are not among it.</summary>
internal static class NodeProjection
{
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
            IsCordoned = node.Spec is { Unschedulable: true },
            Taints = [.. (node.Spec?.Taints ?? []).Select(static t => new TaintFacts(t.Key ?? "", t.Value ?? "", t.Effect ?? "") { TimeAdded = t.TimeAdded })],
            Conditions = Projecting.Conditions(node.Status?.Conditions),
        };
    }
}
