using System.Collections.Frozen;
using Firstline.Core.Facts;

namespace Firstline.Core.Signals;

/// <summary>Well-known alerts and the cause that each points to.</summary>
/// <remarks>
/// Names are those of the kube-prometheus rules, and two of Firstline's own for what only an application's monitoring can see. An alert that
/// says nothing of a cause (KubeDeploymentReplicasMismatch: pods are missing, for whatever reason) is on the list without one.
/// </remarks>
public static class AlertCatalogue
{
    /// <summary>Label by which an alert rule names a cause itself; it wins over the name.</summary>
    public const string CauseLabel = "cause";

    private static readonly FrozenDictionary<string, string?> Known = new Dictionary<string, string?>
    {
        ["KubePodCrashLooping"] = Causes.CrashLoopAppError,
        ["KubePodNotReady"] = null,
        ["KubeContainerWaiting"] = null,
        ["KubeDeploymentReplicasMismatch"] = null,
        ["KubeDeploymentGenerationMismatch"] = Causes.RolloutStuck,
        ["KubeDeploymentRolloutStuck"] = Causes.RolloutStuck,
        ["KubeStatefulSetReplicasMismatch"] = null,
        ["KubeStatefulSetGenerationMismatch"] = Causes.RolloutStuck,
        ["KubeStatefulSetUpdateNotRolledOut"] = Causes.RolloutStuck,
        ["KubeDaemonSetRolloutStuck"] = Causes.RolloutStuck,
        ["KubeDaemonSetNotScheduled"] = null,
        ["KubeDaemonSetMisScheduled"] = null,
        ["KubeJobFailed"] = Causes.JobFailed,
        ["KubeJobNotCompleted"] = null,
        ["KubeContainerOOMKilled"] = Causes.OomKilled,
        ["ContainerOomKilled"] = Causes.OomKilled,
        ["KubeNodeNotReady"] = Causes.NodeNotReady,
        ["KubeNodeUnreachable"] = Causes.NodeNotReady,
        ["WorkloadHung"] = Causes.LivenessProbeFailing,
        ["TargetNotResponding"] = Causes.ReadinessProbeFailing,
        ["ConfigMapDrifted"] = Causes.MisconfiguredAppConfig,
    }.ToFrozenDictionary();

    /// <summary>The cause that an alert points to; null when it points to none.</summary>
    /// <param name="name">The alert's name.</param>
    /// <param name="labels">The alert's labels; a <see cref="CauseLabel"/> that is not in the taxonomy is ignored.</param>
    public static string? CauseHint(string name, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.TryGetValue(CauseLabel, out string? cause) && Causes.IsKnown(cause) ? cause : Known.GetValueOrDefault(name);
    }
}
