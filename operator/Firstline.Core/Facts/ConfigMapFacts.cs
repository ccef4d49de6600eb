using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a ConfigMap.</summary>
public sealed record ConfigMapFacts
{
    /// <summary>The ConfigMap, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.annotations</c>, without kubectl's last-applied one.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when somebody marked it as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool IsPausedByMark { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary><c>metadata.resourceVersion</c>.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary><c>data</c>.</summary>
    public ImmutableSortedDictionary<string, string> Data { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when it holds the configuration of the cluster's DNS: a key <c>Corefile</c>.</summary>
    public bool IsDnsConfig { get; init; }

    /// <summary>Its deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary><c>data</c> in kubectl's last-applied annotation; null when the object was not declared that way, or was applied otherwise since.</summary>
    public ImmutableSortedDictionary<string, string>? DeclaredData { get; init; }

    /// <summary>Why <see cref="DeclaredData"/> is not known, in words that go on after the object's name; null when it is, or when the content is not kept.</summary>
    public string? WhyNotDeclared { get; init; }

    /// <summary>Newest <c>managedFields[].time</c> whose manager touched <c>data</c>; null when unknown.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Manager of that change, such as kubectl-edit; null when unknown.</summary>
    public string? ChangedBy { get; init; }
}
