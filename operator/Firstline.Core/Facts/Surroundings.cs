using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What lies around a subject and may be at fault for its trouble; each list holds what the subject may depend on, not the cluster.</summary>
public sealed record Surroundings
{
    /// <summary>Nothing known.</summary>
    public static readonly Surroundings None = new();

    /// <summary>False for an operator that may see some namespaces alone: what is not there of the cluster's objects may then be there all the same.</summary>
    public bool SeesCluster { get; init; } = true;

    /// <summary>Services of the namespace.</summary>
    public ImmutableArray<ServiceFacts> Services { get; init; } = [];

    /// <summary>EndpointSlices of these Services.</summary>
    public ImmutableArray<EndpointFacts> Endpoints { get; init; } = [];

    /// <summary>Deployments, StatefulSets and DaemonSets of the namespace.</summary>
    public ImmutableArray<WorkloadFacts> Workloads { get; init; } = [];

    /// <summary>Ingresses of the namespace; those of the cluster for a workload whose log tells of what it is a proxy for.</summary>
    public ImmutableArray<IngressFacts> Ingresses { get; init; } = [];

    /// <summary>IngressClasses.</summary>
    public ImmutableArray<IngressClassFacts> IngressClasses { get; init; } = [];

    /// <summary>NetworkPolicies of the namespace.</summary>
    public ImmutableArray<PolicyFacts> Policies { get; init; } = [];

    /// <summary>PersistentVolumeClaims of the namespace.</summary>
    public ImmutableArray<ClaimFacts> Claims { get; init; } = [];

    /// <summary>StorageClasses.</summary>
    public ImmutableArray<StorageClassFacts> StorageClasses { get; init; } = [];

    /// <summary>Nodes: those of the subject's pods, or all for a diagnosis.</summary>
    public ImmutableArray<NodeFacts> Nodes { get; init; } = [];

    /// <summary>Webhook configurations.</summary>
    public ImmutableArray<WebhookFacts> Webhooks { get; init; } = [];

    /// <summary>Secrets of the namespace, without their values; null where they are not observed, so that nothing can be said of one that is missing.</summary>
    public ImmutableArray<SecretFacts>? Secrets { get; init; }

    /// <summary>ConfigMaps that configure the cluster's DNS.</summary>
    public ImmutableArray<ConfigMapFacts> DnsConfigs { get; init; } = [];

    /// <summary>HorizontalPodAutoscalers of the namespace; filled for diagnosis only.</summary>
    public ImmutableArray<AutoscalerFacts> Autoscalers { get; init; } = [];

    /// <summary>PodDisruptionBudgets of the namespace; filled for diagnosis only.</summary>
    public ImmutableArray<BudgetFacts> Budgets { get; init; } = [];

    /// <summary>The newest rollouts of the namespace's workloads; filled for diagnosis only.</summary>
    public ImmutableArray<RolloutFacts> Rollouts { get; init; } = [];

    /// <summary>What the logs of the namespace's workloads told last.</summary>
    public ImmutableArray<LogSurveyFacts> Logs { get; init; } = [];

    /// <summary>Ready endpoints of a Service.</summary>
    public int ReadyEndpoints(ServiceFacts service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return Endpoints.Where(e => e.Service == service.Ref.Name).Sum(static e => e.Ready);
    }
}
