using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>The shared informers of what lies around workloads, found by namespace: Services, claims, policies and the like, each kept as a few fields.</summary>
/// <remarks>Of Secrets nothing, or the metadata alone where the operator is told to observe their names.</remarks>
internal sealed class AroundCache
{
    public const string ByNamespace = "namespace";
    private const string ByService = "service";
    private const string All = "all";

    public AroundCache(SharedInformers informers, OperatorOptions options)
    {
        Services = Get<ServiceFacts>(informers, BuiltinTypes.Services, NetworkProjection.ReadService, static s => s.Ref);
        EndpointSlices = informers.Get<EndpointFacts>(new ResourceQuery(BuiltinTypes.EndpointSlices), NetworkProjection.ReadEndpointSlice);
        EndpointSlices.AddIndex(ByService, static e => [$"{e.Namespace}/{e.Service}"]);
        EndpointSlices.AddIndex(ByNamespace, static e => [e.Namespace]);
        Ingresses = Get<IngressFacts>(informers, BuiltinTypes.Ingresses, NetworkProjection.ReadIngress, static i => i.Ref);
        IngressClasses = informers.Get<IngressClassFacts>(new ResourceQuery(BuiltinTypes.IngressClasses), NetworkProjection.ReadIngressClass);
        IngressClasses.AddIndex(All, static _ => [All]);
        Policies = Get<PolicyFacts>(informers, BuiltinTypes.Policies, NetworkProjection.ReadPolicy, static p => p.Ref);
        Claims = Get<ClaimFacts>(informers, BuiltinTypes.Claims, StorageProjection.ReadClaim, static c => c.Ref);
        Volumes = Get<VolumeFacts>(informers, BuiltinTypes.Volumes, StorageProjection.ReadVolume, static v => v.Ref);
        StorageClasses = informers.Get<StorageClassFacts>(new ResourceQuery(BuiltinTypes.StorageClasses), StorageProjection.ReadStorageClass);
        StorageClasses.AddIndex(All, static _ => [All]);
        Nodes = Get<NodeFacts>(informers, BuiltinTypes.Nodes, NodeProjection.Read, static n => n.Ref);
        Autoscalers = Get<AutoscalerFacts>(informers, BuiltinTypes.Autoscalers, ScalingProjection.ReadAutoscaler, static a => a.Ref);
        Budgets = Get<BudgetFacts>(informers, BuiltinTypes.Budgets, ClusterProjection.ReadBudget, static b => b.Ref);
        Mutating = Get<WebhookFacts>(informers, BuiltinTypes.MutatingWebhooks, ClusterProjection.ReadMutating, static w => w.Ref);
        Validating = Get<WebhookFacts>(informers, BuiltinTypes.ValidatingWebhooks, ClusterProjection.ReadValidating, static w => w.Ref);
        Secrets = options.ObserveSecretNames
            ? informers.Get<SecretFacts>(new ResourceQuery(BuiltinTypes.Secrets, MetadataOnly: true), ClusterProjection.ReadSecret) : null;
        Secrets?.AddIndex(ByNamespace, static s => [s.Ref.Namespace ?? ""]);
    }

    public Informer<ServiceFacts> Services { get; }

    public Informer<EndpointFacts> EndpointSlices { get; }

    public Informer<IngressFacts> Ingresses { get; }

    public Informer<IngressClassFacts> IngressClasses { get; }

    public Informer<PolicyFacts> Policies { get; }

    public Informer<ClaimFacts> Claims { get; }

    public Informer<VolumeFacts> Volumes { get; }

    public Informer<StorageClassFacts> StorageClasses { get; }

    public Informer<NodeFacts> Nodes { get; }

    public Informer<AutoscalerFacts> Autoscalers { get; }

    public Informer<BudgetFacts> Budgets { get; }

    public Informer<WebhookFacts> Mutating { get; }

    public Informer<WebhookFacts> Validating { get; }

    /// <summary>Null where they are not observed.</summary>
    public Informer<SecretFacts>? Secrets { get; }

    /// <summary>Every cluster has nodes: where none is seen, nothing of the cluster's objects is.</summary>
    public bool SeesCluster => !AllNodes.IsEmpty;

    public ImmutableArray<IngressClassFacts> AllIngressClasses => IngressClasses.ByIndex(All, All);

    public ImmutableArray<StorageClassFacts> AllStorageClasses => StorageClasses.ByIndex(All, All);

    public ImmutableArray<NodeFacts> AllNodes => Nodes.ByIndex(ByNamespace, "");

    public ImmutableArray<IngressFacts> AllIngresses => Ingresses.ByIndex(All, All);

    public ImmutableArray<WebhookFacts> AllWebhooks => [.. Mutating.ByIndex(All, All), .. Validating.ByIndex(All, All)];

    public ImmutableArray<EndpointFacts> EndpointsOf(NamespacedName service) => EndpointSlices.ByIndex(ByService, service.ToString());

    private static Informer<T> Get<T>(SharedInformers informers, ResourceType type, Projection<T> read, Func<T, TargetRef> reference)
        where T : class
    {
        Informer<T> informer = informers.Get(new ResourceQuery(type), read);
        informer.AddIndex(ByNamespace, o => [reference(o).Namespace ?? ""]);
        informer.AddIndex(All, static _ => [All]);
        return informer;
    }
}
