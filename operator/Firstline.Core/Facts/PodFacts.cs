using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a pod.</summary>
public sealed record PodFacts
{
    /// <summary>The pod, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary>The direct controller (a ReplicaSet, StatefulSet, DaemonSet, Job); null for a pod on its own.</summary>
    public OwnerReference? Controller { get; init; }

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>status.phase</c>: Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string Phase { get; init; } = "";

    /// <summary><c>status.reason</c>, such as Evicted; null when not set.</summary>
    public string? Reason { get; init; }

    /// <summary><c>status.message</c>; null when not set.</summary>
    public string? Message { get; init; }

    /// <summary><c>spec.nodeName</c>; null while not scheduled.</summary>
    public string? NodeName { get; init; }

    /// <summary>True when a volume of it is an <c>emptyDir</c>, whose content goes with the pod.</summary>
    public bool HasEmptyDir { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>metadata.deletionTimestamp</c>; null while the pod is wanted.</summary>
    public DateTimeOffset? DeletionAt { get; init; }

    /// <summary><c>status.conditions[]</c>.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];

    /// <summary>Init containers first, each with its spec and status joined by name.</summary>
    public ImmutableArray<ContainerFacts> Containers { get; init; } = [];

    /// <summary>True for a mirror pod, which shows a static pod of its node's kubelet: its controller is the Node, and nobody but the kubelet can end it.</summary>
    public bool IsMirror => Controller?.Kind == "Node";

    /// <summary>True when the Ready condition is True and the pod is not being deleted.</summary>
    public bool IsReady => DeletionAt is null && Conditions.Any(static c => c is { Type: "Ready", Status: ConditionStatus.True });

    /// <summary>Value of the label <c>pod-template-hash</c> or <c>controller-revision-hash</c>, which names the pod's revision; null without one.</summary>
    public string? RevisionHash => Labels.GetValueOrDefault("pod-template-hash") ?? Labels.GetValueOrDefault("controller-revision-hash");

    /// <summary>The condition of that type; null when it is not set.</summary>
    public ConditionFacts? Condition(string type) => Conditions.FirstOrDefault(c => c.Type == type);
}
