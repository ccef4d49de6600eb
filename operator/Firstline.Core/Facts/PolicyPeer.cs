using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>A peer of a NetworkPolicy's rule.</summary>
/// <param name="Pods"><c>podSelector</c>; null when not set.</param>
/// <param name="Namespaces"><c>namespaceSelector</c>; null for the policy's own namespace.</param>
/// <param name="Block"><c>ipBlock.cidr</c>; null when not set.</param>
public sealed record PolicyPeer(LabelSelectorFacts? Pods, LabelSelectorFacts? Namespaces, string? Block)
{
    /// <summary>True for a pod of these labels in the namespace; of a namespace no more than its name is known here.</summary>
    public bool Includes(IReadOnlyDictionary<string, string> labels, string ns) => Block is not null
        ? Block is "0.0.0.0/0" or "::/0"
        : (Namespaces is null || Namespaces.Selects(ImmutableSortedDictionary<string, string>.Empty.Add("kubernetes.io/metadata.name", ns))) && (Pods?.Selects(labels) ?? true);
}
