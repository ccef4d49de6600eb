using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a Service.</summary>
public sealed record ServiceFacts
{
    /// <summary>The Service, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary>Its deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary><c>spec.selector</c>; empty for a Service whose endpoints somebody else writes.</summary>
    public ImmutableSortedDictionary<string, string> Selector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>spec.ports[]</c>.</summary>
    public ImmutableArray<ServicePort> Ports { get; init; } = [];

    /// <summary><c>spec.type</c>.</summary>
    public string Type { get; init; } = "ClusterIP";

    /// <summary><c>spec.clusterIP</c>; null when not set.</summary>
    public string? Address { get; init; }

    /// <summary>True when <c>spec.internalTrafficPolicy</c> is Local: callers reach pods of their own node alone.</summary>
    public bool IsLocalInside { get; init; }

    /// <summary>True when the selector is set and selects a pod with these labels.</summary>
    public bool Selects(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return !Selector.IsEmpty && Selector.All(s => labels.TryGetValue(s.Key, out string? value) && value == s.Value);
    }
}
