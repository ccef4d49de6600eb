using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a Node.</summary>
public sealed record NodeFacts
{
    /// <summary>The node, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>metadata.annotations</c> without those of Kubernetes and Firstline; a value above 256 characters is cut and ends with <see cref="BoundedText.CutMark"/>.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>True when somebody marked it as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool IsPausedByMark { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>spec.unschedulable</c>: it is cordoned, so that no new pod is placed on it.</summary>
    public bool IsCordoned { get; init; }

    /// <summary>Its deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary>When it was cordoned, as far as taints and managedFields tell; null when they do not.</summary>
    public DateTimeOffset? CordonedAt { get; init; }

    /// <summary><c>spec.taints[]</c>, in their order.</summary>
    public ImmutableArray<TaintFacts> Taints { get; init; } = [];

    /// <summary><c>status.conditions[]</c>.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];

    /// <summary>True when its kubelet says that it is ready.</summary>
    public bool IsReady => Condition("Ready") is { Status: ConditionStatus.True };

    /// <summary>The condition of that type; null when it is not set.</summary>
    public ConditionFacts? Condition(string type) => Conditions.FirstOrDefault(c => c.Type == type);

    /// <summary>What is wrong with it, the gravest first: Ready that is not True, or a condition that should not be True; null when nothing is.</summary>
    public ConditionFacts? Trouble => Conditions.FirstOrDefault(static c => c.Type == "Ready" && c.Status != ConditionStatus.True)
        ?? Conditions.FirstOrDefault(static c => c.Type is "DiskPressure" or "MemoryPressure" or "PIDPressure" or "NetworkUnavailable" && c.Status == ConditionStatus.True);
}
