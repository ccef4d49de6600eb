using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a Deployment, StatefulSet or DaemonSet.</summary>
public sealed record WorkloadFacts
{
    /// <summary>The workload, with its UID.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>metadata.annotations</c> without those of Kubernetes and Firstline; a value above 256 characters is cut and ends with <see cref="BoundedText.CutMark"/>.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Workloads of its namespace that are declared to call it (annotation <see cref="AnnotationNames.Callers"/>).</summary>
    public ImmutableArray<string> Callers { get; init; } = [];

    /// <summary>True when somebody marked it as not to be changed; see <see cref="PauseMark"/>.</summary>
    public bool IsPausedByMark { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary><c>metadata.resourceVersion</c>.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary><c>metadata.generation</c>.</summary>
    public long Generation { get; init; }

    /// <summary>Hash of the spec without its replicas where these were set last through the scale subresource, as autoscalers do; null otherwise.</summary>
    public string? ScaledSpecHash { get; init; }

    /// <summary><c>status.observedGeneration</c>.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Its deletion; null while it is wanted.</summary>
    public DeletionFacts? Deletion { get; init; }

    /// <summary><c>metadata.creationTimestamp</c>.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest change of its spec; null when unknown.</summary>
    public ChangeStamp? LastChange { get; init; }

    /// <summary>When its controller wrote <c>status</c> last, as the managed fields tell; null when they do not.</summary>
    public DateTimeOffset? StatusChangedAt { get; init; }

    /// <summary>Pods wanted: <c>spec.replicas</c>, or <c>status.desiredNumberScheduled</c> of a DaemonSet.</summary>
    public int DesiredPods { get; init; }

    /// <summary><c>status.readyReplicas</c> or <c>numberReady</c>.</summary>
    public int ReadyPods { get; init; }

    /// <summary><c>status.updatedReplicas</c> or <c>updatedNumberScheduled</c>.</summary>
    public int UpdatedPods { get; init; }

    /// <summary><c>status.availableReplicas</c> or <c>numberAvailable</c>.</summary>
    public int AvailablePods { get; init; }

    /// <summary><c>spec.paused</c> of a Deployment.</summary>
    public bool Paused { get; init; }

    /// <summary>True when a StatefulSet's status tells of a revision that its pods do not have: <c>updateRevision</c> is not <c>currentRevision</c>.</summary>
    public bool HasOtherRevision { get; init; }

    /// <summary>How pods follow a change of the template: <c>spec.strategy.type</c> or <c>spec.updateStrategy.type</c>: RollingUpdate, Recreate or OnDelete.</summary>
    public string UpdateStrategy { get; init; } = "RollingUpdate";

    /// <summary><c>spec.updateStrategy.rollingUpdate.partition</c> of a StatefulSet: so many pods keep the old template.</summary>
    public int Partition { get; init; }

    /// <summary>Most pods that a rollout may make unavailable at once: <c>strategy.rollingUpdate.maxUnavailable</c> resolved to pods, rounded down; all pods for Recreate.</summary>
    public int MaxUnavailablePods { get; init; }

    /// <summary><c>status.conditions[]</c>.</summary>
    public ImmutableArray<ConditionFacts> Conditions { get; init; } = [];

    /// <summary><c>spec.template</c> as JSON text.</summary>
    public string TemplateJson { get; init; } = "{}";

    /// <summary>What <see cref="TemplateJson"/> declares.</summary>
    public PodDeclaration Declared => PodDeclaration.OfTemplate(TemplateJson);

    /// <summary>True when the desired pods are all updated and available and the controller has seen the newest spec.</summary>
    public bool IsHealthy =>
        ObservedGeneration >= Generation && UpdatedPods >= DesiredPods && AvailablePods >= DesiredPods && ReadyPods >= DesiredPods;
}
