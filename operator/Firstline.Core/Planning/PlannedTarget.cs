using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>The object that a plan is about, as it is now: what drift, pauses and blast radius are judged by.</summary>
public sealed record PlannedTarget
{
    /// <summary>The object, with its UID; the UID is null when the object is not there.</summary>
    public required TargetRef Ref { get; init; }

    /// <summary><c>metadata.generation</c>; 0 where the kind has none.</summary>
    public long Generation { get; init; }

    /// <summary>Hash of its content where it has no generation.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Hash of its spec without the replicas where these were set last through the scale subresource, as autoscalers do; null otherwise.</summary>
    public string? ScaledContentHash { get; init; }

    /// <summary>True when somebody marked it as not to be changed.</summary>
    public bool IsPaused { get; init; }

    /// <summary><c>metadata.labels</c>; null when they are not known.</summary>
    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    /// <summary>What remediation changed it last; null when none did.</summary>
    public RemediationMark? LastRemediation { get; init; }

    /// <summary>Ready pods of the workload that it is or belongs to; of a Node those of all workloads that have a pod on it, wherever they run.</summary>
    public int ReadyPods { get; init; }

    /// <summary>Pods wanted of that workload.</summary>
    public int DesiredPods { get; init; }

    /// <summary>True when the object is there.</summary>
    public bool Exists => !string.IsNullOrEmpty(Ref.Uid);

    /// <summary>Finds <paramref name="target"/> in the situation.</summary>
    public static PlannedTarget Of(TargetRef target, Situation situation)
    {
        PlannedTarget found = situation.Exists ? Find(target, situation) : new() { Ref = target with { Uid = null } };
        return situation.Node is not null
            ? found with { ReadyPods = situation.BoundWorkloadsReadyPods, DesiredPods = situation.BoundWorkloadsReadyPods }
            : found with { ReadyPods = situation.Workload?.ReadyPods ?? 0, DesiredPods = situation.Workload?.DesiredPods ?? 0 };
    }

    private static PlannedTarget Find(TargetRef target, Situation situation) => target.Kind switch
    {
        "ConfigMap" => OfConfigMap(target, situation),
        "CronJob" => OfCronJob(target, situation),
        "Job" => OfJob(target, situation),
        "Node" => OfNode(target, situation),
        "Pod" => OfPod(target, situation),
        "HorizontalPodAutoscaler" => OfAutoscaler(target, situation),
        "PersistentVolumeClaim" => OfClaim(target, situation),
        _ => OfWorkload(target, situation),
    };

    private static PlannedTarget OfWorkload(TargetRef target, Situation situation) =>
        situation.Workload is { } workload && IsSame(workload.Ref, target)
            ? new()
            {
                Ref = workload.Ref, Generation = workload.Generation, ScaledContentHash = workload.ScaledSpecHash, IsPaused = workload.IsPausedByMark,
                LastRemediation = workload.LastRemediation, Labels = workload.Labels,
            }
            : Gone(target);

    private static PlannedTarget OfConfigMap(TargetRef target, Situation situation) =>
        situation.ConfigMaps.FirstOrDefault(c => IsSame(c.Ref, target)) is { } config
            ? new() { Ref = config.Ref, ContentHash = Planning.ContentHash.Of(config), IsPaused = config.IsPausedByMark, LastRemediation = config.LastRemediation, Labels = config.Labels }
            : Gone(target);

    private static PlannedTarget OfCronJob(TargetRef target, Situation situation) =>
        situation.CronJob is { } cronJob && IsSame(cronJob.Ref, target)
            ? new() { Ref = cronJob.Ref, Generation = cronJob.Generation, IsPaused = cronJob.IsPausedByMark, LastRemediation = cronJob.LastRemediation, Labels = cronJob.Labels }
            : Gone(target);

    private static PlannedTarget OfNode(TargetRef target, Situation situation) =>
        situation.Node is { } node && IsSame(node.Ref, target)
            ? new() { Ref = node.Ref, ContentHash = Planning.ContentHash.Of(node), IsPaused = node.IsPausedByMark, LastRemediation = node.LastRemediation, Labels = node.Labels }
            : Gone(target);

    private static PlannedTarget OfAutoscaler(TargetRef target, Situation situation) =>
        situation.Autoscaler is { } scaler && IsSame(scaler.Ref, target)
            ? new() { Ref = scaler.Ref, ContentHash = Planning.ContentHash.OfBound(scaler.Most), IsPaused = scaler.IsPausedByMark, LastRemediation = scaler.LastRemediation, Labels = scaler.Labels }
            : Gone(target);

    private static PlannedTarget OfClaim(TargetRef target, Situation situation) =>
        situation.Claim is { } claim && IsSame(claim.Ref, target)
            ? new() { Ref = claim.Ref, ContentHash = Planning.ContentHash.OfSize(claim.Requested), IsPaused = claim.IsPausedByMark, LastRemediation = claim.LastRemediation, Labels = claim.Labels }
            : Gone(target);

    private static PlannedTarget OfJob(TargetRef target, Situation situation) =>
        situation.Jobs.FirstOrDefault(j => IsSame(j.Ref, target)) is { } job
            ? new() { Ref = job.Ref, IsPaused = job.IsPausedByMark, LastRemediation = job.LastRemediation, Labels = job.Labels }
            : Gone(target);

    // No plan is about a pod, but some end pods: the very one that is meant.
    private static PlannedTarget OfPod(TargetRef target, Situation situation) =>
        situation.Pods.Concat(situation.BoundPods).FirstOrDefault(p => p.Ref.Uid == target.Uid && IsSame(p.Ref, target)) is { } pod
            ? new() { Ref = pod.Ref, Labels = pod.Labels }
            : Gone(target);

    private static PlannedTarget Gone(TargetRef target) => new() { Ref = target with { Uid = null } };

    private static bool IsSame(TargetRef one, TargetRef other) =>
        one.Kind == other.Kind && one.Name == other.Name && (one.Namespace is null || other.Namespace is null || one.Namespace == other.Namespace);
}
