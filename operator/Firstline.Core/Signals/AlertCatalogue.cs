using System.Collections.Frozen;
using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Signals;

/// <summary>Well-known alerts: which label names the object that each is about, and the cause that it points to.</summary>
/// <remarks>
/// Names and labels are those of the kubernetes-mixin, and a few of Firstline's own for what only an application's monitoring can see. An alert that
/// says nothing of a cause (KubeDeploymentReplicasMismatch: pods are missing, for whatever reason) is on the list without one.
/// </remarks>
/// <seealso href="https://github.com/kubernetes-monitoring/kubernetes-mixin"/>
public static class AlertCatalogue
{
    /// <summary>Label by which an alert rule names a cause itself; it wins over the name.</summary>
    public const string CauseLabel = "cause";

    private static readonly FrozenDictionary<string, string> Hints = new Dictionary<string, string>
    {
        ["KubePodCrashLooping"] = Causes.CrashLoopAppError,
        ["KubeDeploymentGenerationMismatch"] = Causes.RolloutStuck,
        ["KubeDeploymentRolloutStuck"] = Causes.RolloutStuck,
        ["KubeStatefulSetGenerationMismatch"] = Causes.RolloutStuck,
        ["KubeStatefulSetUpdateNotRolledOut"] = Causes.RolloutStuck,
        ["KubeDaemonSetRolloutStuck"] = Causes.RolloutStuck,
        ["KubeJobFailed"] = Causes.JobFailed,
        ["KubeContainerOOMKilled"] = Causes.OomKilled,
        ["ContainerOomKilled"] = Causes.OomKilled,
        ["KubeNodeNotReady"] = Causes.NodeNotReady,
        ["KubeNodeUnreachable"] = Causes.NodeNotReady,
        ["WorkloadHung"] = Causes.LivenessProbeFailing,
        ["TargetNotResponding"] = Causes.ReadinessProbeFailing,
        ["KubeHpaMaxedOut"] = Causes.HpaAtMaximum,
        ["KubePersistentVolumeFillingUp"] = Causes.DiskFull,
        ["KubePersistentVolumeInodesFillingUp"] = Causes.DiskFull,
        ["ConfigMapDrifted"] = Causes.MisconfiguredAppConfig,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Subjects = ByName(
        ("pod", ["KubePodCrashLooping", "KubePodNotReady", "KubeContainerWaiting", "KubeContainerOOMKilled", "ContainerOomKilled", "CPUThrottlingHigh"]),
        ("deployment", ["KubeDeploymentGenerationMismatch", "KubeDeploymentReplicasMismatch", "KubeDeploymentRolloutStuck"]),
        ("statefulset", ["KubeStatefulSetReplicasMismatch", "KubeStatefulSetGenerationMismatch", "KubeStatefulSetUpdateNotRolledOut"]),
        ("daemonset", ["KubeDaemonSetRolloutStuck", "KubeDaemonSetNotScheduled", "KubeDaemonSetMisScheduled"]),
        ("job_name", ["KubeJobNotCompleted", "KubeJobFailed"]),
        ("horizontalpodautoscaler", ["KubeHpaReplicasMismatch", "KubeHpaMaxedOut"]),
        ("poddisruptionbudget", ["KubePdbNotEnoughHealthyPods"]),
        ("resourcequota", ["KubeQuotaAlmostFull", "KubeQuotaFullyUsed", "KubeQuotaExceeded"]),
        ("persistentvolumeclaim", ["KubePersistentVolumeFillingUp", "KubePersistentVolumeInodesFillingUp"]),
        ("persistentvolume", ["KubePersistentVolumeErrors"]),
        ("configmap", ["ConfigMapDrifted"]),
        ("name", ["KubeAggregatedAPIErrors", "KubeAggregatedAPIDown"]),
        ("node",
        [
            "KubeNodeNotReady", "KubeNodePressure", "KubeNodeUnreachable", "KubeNodeReadinessFlapping", "KubeNodeEviction", "KubeletTooManyPods", "KubeletPlegDurationHigh",
            "KubeletPodStartUpLatencyHigh", "KubeletClientCertificateExpiration", "KubeletServerCertificateExpiration", "KubeletClientCertificateRenewalErrors",
            "KubeletServerCertificateRenewalErrors",
        ]));

    /// <summary>Names on the list, in the order of the alphabet.</summary>
    public static IEnumerable<string> Names => Subjects.Keys.Union(Hints.Keys).Order(StringComparer.Ordinal);

    /// <summary>The cause that an alert points to; null when it points to none.</summary>
    /// <param name="name">The alert's name.</param>
    /// <param name="labels">The alert's labels; a <see cref="CauseLabel"/> that is not in the taxonomy is ignored.</param>
    public static string? CauseHint(string name, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.TryGetValue(CauseLabel, out string? cause) && Causes.IsKnown(cause) ? cause : Hints.GetValueOrDefault(name);
    }

    /// <summary>The label that names the object that the alert is about; null for an alert that is not on the list.</summary>
    public static string? SubjectLabel(string name) => Subjects.GetValueOrDefault(name);

    private static FrozenDictionary<string, string> ByName(params ReadOnlySpan<(string Label, ImmutableArray<string> Names)> subjects)
    {
        Dictionary<string, string> byName = [];
        foreach ((string label, ImmutableArray<string> names) in subjects)
        {
            foreach (string name in names)
            {
                byName.Add(name, label);
            }
        }

        return byName.ToFrozenDictionary();
    }
}
