using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Remediation;

/// <summary>Where the kinds that actions change are served.</summary>
internal static class TargetTypes
{
    private static readonly Dictionary<string, ResourceType> ByKind = new(StringComparer.Ordinal)
    {
        ["ConfigMap"] = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced),
        ["CronJob"] = new("batch", "v1", "CronJob", "cronjobs", ResourceScope.Namespaced),
        ["DaemonSet"] = new("apps", "v1", "DaemonSet", "daemonsets", ResourceScope.Namespaced),
        ["Deployment"] = new("apps", "v1", "Deployment", "deployments", ResourceScope.Namespaced),
        ["HorizontalPodAutoscaler"] = new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", ResourceScope.Namespaced),
        ["PersistentVolumeClaim"] = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", ResourceScope.Namespaced),
        ["Job"] = new("batch", "v1", "Job", "jobs", ResourceScope.Namespaced),
        ["Node"] = new("", "v1", "Node", "nodes", ResourceScope.Cluster),
        ["Pod"] = new("", "v1", "Pod", "pods", ResourceScope.Namespaced),
        ["StatefulSet"] = new("apps", "v1", "StatefulSet", "statefulsets", ResourceScope.Namespaced),
    };

    /// <summary>Null for a kind that no action changes.</summary>
    public static ResourceType? Of(TargetRef target) => ByKind.GetValueOrDefault(target.Kind);

    public static NamespacedName Key(TargetRef target, RemediationRequest request) => 
        new(Of(target) is { Scope: ResourceScope.Cluster } ? "" : target.Namespace ?? request.Metadata.Namespace ?? "", target.Name);
}
