using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What a NetworkPolicy lets through.</summary>
/// <param name="Peers">Who; empty for everybody.</param>
/// <param name="Ports">Which ports, numbers or names; empty for all.</param>
public sealed record PolicyRule(ImmutableArray<PolicyPeer> Peers, ImmutableArray<string> Ports)
{
    /// <summary>True when traffic with a pod of these labels in the policy's own namespace may pass, on this port; a null port stands for any.</summary>
    public bool Allows(IReadOnlyDictionary<string, string> labels, string ns, string? port) =>
        (Peers.IsEmpty || Peers.Any(p => p.Includes(labels, ns))) && (Ports.IsEmpty || port is null || Ports.Contains(port));
}
