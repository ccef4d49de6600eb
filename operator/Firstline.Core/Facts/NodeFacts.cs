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

    /// <summary><c>spec.taints[]</c>, in their order.</summary>
    public ImmutableArray<TaintFacts> Taints { get; init; } = [];

    /// <summary><c>status.conditions[]</c>.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];

    /// <summary>True when its kubelet says that it is ready.</summary>
    public bool IsReady => Condition("Ready") is { Status: ConditionStatus.True };

    /// <summary>The condition of that type; null when it is not set.</summary>
    public ConditionFacts? Condition(string type) => Conditions.FirstOrDefault(c => c.Type == type);
}
