using Firstline.Api.Meta;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>The kinds that the simulation reads or writes.</summary>
internal static class Kinds
{
    public static readonly ResourceType Namespace = Cluster("", "v1", "Namespace", "namespaces");
    public static readonly ResourceType Node = Cluster("", "v1", "Node", "nodes");
    public static readonly ResourceType Pod = Namespaced("", "v1", "Pod", "pods");
    public static readonly ResourceType Event = Namespaced("", "v1", "Event", "events");
    public static readonly ResourceType ConfigMap = Namespaced("", "v1", "ConfigMap", "configmaps");
    public static readonly ResourceType Secret = Namespaced("", "v1", "Secret", "secrets");
    public static readonly ResourceType Service = Namespaced("", "v1", "Service", "services");
    public static readonly ResourceType ServiceAccount = Namespaced("", "v1", "ServiceAccount", "serviceaccounts");
    public static readonly ResourceType Endpoints = Namespaced("", "v1", "Endpoints", "endpoints");
    public static readonly ResourceType Deployment = Namespaced("apps", "v1", "Deployment", "deployments");
    public static readonly ResourceType ReplicaSet = Namespaced("apps", "v1", "ReplicaSet", "replicasets");
    public static readonly ResourceType StatefulSet = Namespaced("apps", "v1", "StatefulSet", "statefulsets");
    public static readonly ResourceType DaemonSet = Namespaced("apps", "v1", "DaemonSet", "daemonsets");
    public static readonly ResourceType ControllerRevision = Namespaced("apps", "v1", "ControllerRevision", "controllerrevisions");
    public static readonly ResourceType Job = Namespaced("batch", "v1", "Job", "jobs");
    public static readonly ResourceType CronJob = Namespaced("batch", "v1", "CronJob", "cronjobs");
    public static readonly ResourceType Lease = Namespaced("coordination.k8s.io", "v1", "Lease", "leases");
    public static readonly ResourceType PodDisruptionBudget = Namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets");
    public static readonly ResourceType EndpointSlice = Namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");

    private static ResourceType Namespaced(string group, string version, string kind, string plural) =>
        new(group, version, kind, plural, ResourceScope.Namespaced);

    private static ResourceType Cluster(string group, string version, string kind, string plural) =>
        new(group, version, kind, plural, ResourceScope.Cluster);
}
