using System.Collections.Immutable;
using Firstline.Core.Actions;

namespace Firstline.Controllers.Observation;

/// <summary>What must be allowed to see the cluster, open incidents and diagnose them; the generated role is made from it.</summary>
public static class ObservationPermissions
{
    private static readonly ImmutableArray<string> Watch = ["list", "watch"];

    /// <summary>What <see cref="OperatorOptions.ObserveSecretNames"/> needs beside <see cref="All"/>: a role of its own, since it lets its holder list Secrets whole.</summary>
    public static readonly ImmutableArray<RbacRule> SecretNames =
        [new("", "secrets", Watch, "whether a Secret that is referred to exists; the operator asks for metadata alone, but a role can't say so: who has its token can read every Secret")];

    /// <summary>The permissions, each with its reason.</summary>
    public static readonly ImmutableArray<RbacRule> All =
    [
        new("", "pods", ["get", "list", "watch"], "detectors judge the pods of each workload; diagnosis reads one of them whole"),
        new("", "pods/log", ["get"], "diagnosis quotes the last lines of a failing container"),
        new("", "configmaps", Watch, "guarded ConfigMaps are compared with what was declared"),
        new("", "namespaces", Watch, "a namespace may be paused"),
        new("", "nodes", Watch, "an incident about a node rests on its conditions, and its remedies on what is cordoned and tainted"),
        new("", "services", Watch, "detectors judge Services"),
        new("", "persistentvolumeclaims", Watch, "detectors judge claims and their sizes"),
        new("", "persistentvolumes", Watch, "detectors judge volumes"),
        new("discovery.k8s.io", "endpointslices", Watch, "a Service without endpoints is in trouble"),
        new("networking.k8s.io", "ingresses", Watch, "detectors judge Ingresses"),
        new("networking.k8s.io", "ingressclasses", Watch, "an Ingress needs its class"),
        new("networking.k8s.io", "networkpolicies", Watch, "diagnosis names the policy that cuts off a workload"),
        new("storage.k8s.io", "storageclasses", Watch, "a claim needs its class, which tells whether it can be expanded"),
        new("autoscaling", "horizontalpodautoscalers", Watch, "detectors judge autoscalers and their bounds"),
        new("policy", "poddisruptionbudgets", Watch, "detectors judge budgets"),
        new("admissionregistration.k8s.io", "mutatingwebhookconfigurations", Watch, "a webhook may refuse or change pods"),
        new("admissionregistration.k8s.io", "validatingwebhookconfigurations", Watch, "a webhook may refuse pods"),
        new("", "events", ["list"], "diagnosis quotes warnings about the failing objects"),
        new("", "resourcequotas", ["list"], "diagnosis quotes the quotas where pods are refused or on no node"),
        new("", "limitranges", ["list"], "diagnosis quotes the limits there too"),
        new("apps", "deployments", Watch, "detectors judge workloads"),
        new("apps", "statefulsets", Watch, "detectors judge workloads"),
        new("apps", "daemonsets", Watch, "detectors judge workloads"),
        new("apps", "replicasets", Watch, "the revisions of a Deployment tell what changed and what can be gone back to"),
        new("apps", "controllerrevisions", Watch, "the revisions of a StatefulSet or DaemonSet tell the same"),
        new("batch", "jobs", Watch, "detectors judge Jobs"),
        new("batch", "cronjobs", Watch, "detectors judge CronJobs"),
        new("firstline.dev", "incidents", ["get", "list", "watch", "create"], "signals open incidents"),
        new("firstline.dev", "incidents/status", ["patch"], "signals, evidence and hypotheses are kept in the incident"),
        new("", "events", ["create", "patch"], "each step is told as an Event"),
    ];
}
