using Firstline.Api.Meta;

namespace Firstline.Controllers.Observation;

/// <summary>The built-in kinds that are observed.</summary>
internal static class BuiltinTypes
{
    public static readonly ResourceType Pods = new("", "v1", "Pod", "pods", ResourceScope.Namespaced);
    public static readonly ResourceType ConfigMaps = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced);
    public static readonly ResourceType Namespaces = new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster);
    public static readonly ResourceType Events = new("", "v1", "Event", "events", ResourceScope.Namespaced);
    public static readonly ResourceType Nodes = new("", "v1", "Node", "nodes", ResourceScope.Cluster);
    public static readonly ResourceType Deployments = new("apps", "v1", "Deployment", "deployments", ResourceScope.Namespaced);
    public static readonly ResourceType StatefulSets = new("apps", "v1", "StatefulSet", "statefulsets", ResourceScope.Namespaced);
    public static readonly ResourceType DaemonSets = new("apps", "v1", "DaemonSet", "daemonsets", ResourceScope.Namespaced);
    public static readonly ResourceType ReplicaSets = new("apps", "v1", "ReplicaSet", "replicasets", ResourceScope.Namespaced);
    public static readonly ResourceType ControllerRevisions = new("apps", "v1", "ControllerRevision", "controllerrevisions", ResourceScope.Namespaced);
    public static readonly ResourceType Jobs = new("batch", "v1", "Job", "jobs", ResourceScope.Namespaced);
    public static readonly ResourceType CronJobs = new("batch", "v1", "CronJob", "cronjobs", ResourceScope.Namespaced);

    public static readonly ResourceType Services = new("", "v1", "Service", "services", ResourceScope.Namespaced);
    public static readonly ResourceType Claims = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", ResourceScope.Namespaced);
    public static readonly ResourceType Volumes = new("", "v1", "PersistentVolume", "persistentvolumes", ResourceScope.Cluster);
    public static readonly ResourceType Secrets = new("", "v1", "Secret", "secrets", ResourceScope.Namespaced);
    public static readonly ResourceType EndpointSlices = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", ResourceScope.Namespaced);
    public static readonly ResourceType Ingresses = new("networking.k8s.io", "v1", "Ingress", "ingresses", ResourceScope.Namespaced);
    public static readonly ResourceType IngressClasses = new("networking.k8s.io", "v1", "IngressClass", "ingressclasses", ResourceScope.Cluster);
    public static readonly ResourceType Policies = new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", ResourceScope.Namespaced);
    public static readonly ResourceType StorageClasses = new("storage.k8s.io", "v1", "StorageClass", "storageclasses", ResourceScope.Cluster);
    public static readonly ResourceType Autoscalers = new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", ResourceScope.Namespaced);
    public static readonly ResourceType Budgets = new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", ResourceScope.Namespaced);
    public static readonly ResourceType MutatingWebhooks = new("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", ResourceScope.Cluster);
    public static readonly ResourceType ValidatingWebhooks = new("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", ResourceScope.Cluster);
    public static readonly ResourceType Quotas = new("", "v1", "ResourceQuota", "resourcequotas", ResourceScope.Namespaced);
    public static readonly ResourceType LimitRanges = new("", "v1", "LimitRange", "limitranges", ResourceScope.Namespaced);
    public static readonly ResourceType AdmissionPolicies = new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies", ResourceScope.Cluster);
    public static readonly ResourceType AdmissionBindings = new("admissionregistration.k8s.io", "v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", ResourceScope.Cluster);

    private static readonly ResourceType[] All =
        [Services, Claims, Volumes, Secrets, Ingresses, IngressClasses, Policies, StorageClasses, Autoscalers, Budgets, MutatingWebhooks, ValidatingWebhooks,
            Pods, ConfigMaps, Namespaces, Nodes, Deployments, StatefulSets, DaemonSets, ReplicaSets, ControllerRevisions, Jobs, CronJobs];

    /// <summary>The observed kind of that name; null for any other.</summary>
    public static ResourceType? Find(string kind) => Array.Find(All, t => string.Equals(t.Kind, kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when the kind of that API group is one of these, whatever its version; a target without an API version means the built-in kind.</summary>
    public static bool IsBuiltin(string kind, string apiVersion) => Find(kind) is { } type && (apiVersion.Length == 0 || GroupOf(apiVersion) == GroupOf(type.ApiVersion));

    private static string GroupOf(string apiVersion) => apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion[..apiVersion.IndexOf('/', StringComparison.Ordinal)] : "";
}
