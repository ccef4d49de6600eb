using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a NetworkPolicy.</summary>
public sealed record PolicyFacts
{
    /// <summary>The NetworkPolicy, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary><c>spec.podSelector</c>.</summary>
    public LabelSelectorFacts Pods { get; init; } = LabelSelectorFacts.Everything;

    /// <summary>True when it isolates the pods from callers but for <see cref="Ingress"/>.</summary>
    public bool IsolatesIngress { get; init; }

    /// <summary>True when it isolates the pods from what they call but for <see cref="Egress"/>.</summary>
    public bool IsolatesEgress { get; init; }

    /// <summary><c>spec.ingress[]</c>.</summary>
    public ImmutableArray<PolicyRule> Ingress { get; init; } = [];

    /// <summary><c>spec.egress[]</c>.</summary>
    public ImmutableArray<PolicyRule> Egress { get; init; } = [];
}
