using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of an Ingress.</summary>
public sealed record IngressFacts
{
    /// <summary>The Ingress, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary><c>spec.ingressClassName</c>, or the older annotation; null when not set.</summary>
    public string? Class { get; init; }

    /// <summary>The backends of all rules, and the default one.</summary>
    public ImmutableArray<IngressBackend> Backends { get; init; } = [];

    /// <summary><c>spec.tls[]</c> that name a Secret.</summary>
    public ImmutableArray<IngressTls> Tls { get; init; } = [];
}
