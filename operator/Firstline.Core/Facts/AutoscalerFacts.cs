using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a HorizontalPodAutoscaler.</summary>
public sealed record AutoscalerFacts
{
    /// <summary>The autoscaler, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when somebody marked it as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool IsPausedByMark { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary><c>spec.scaleTargetRef</c>.</summary>
    public required TargetRef Scales { get; init; }

    /// <summary><c>spec.minReplicas</c>.</summary>
    public int Least { get; init; } = 1;

    /// <summary><c>spec.maxReplicas</c>.</summary>
    public int Most { get; init; }

    /// <summary><c>status.currentReplicas</c>.</summary>
    public int Current { get; init; }

    /// <summary><c>status.conditions[]</c>.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];
}
