using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>The shared informers of built-in kinds, indexed by the UID of the controller, so that gathering a situation never walks through the cluster.</summary>
public sealed class ClusterCache
{
    private const string ByController = "controller";
    private const string ByConfigMap = "configmap";
    private const string ByNode = "node";
    private const string ByOther = "other";
    private const string ByDns = "dns";

    /// <summary>Asks for the informers; they are shared with whoever else watches the same.</summary>
    /// <param name="informers">The informers of the process.</param>
    /// <param name="options">Tells whether Secrets are observed.</param>
    /// <param name="clock">Tells when a workload was seen healthy.</param>
    public ClusterCache(SharedInformers informers, OperatorOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(informers);
        ArgumentNullException.ThrowIfNull(options);
        Health = new(clock);
        Pods = informers.Get<PodFacts>(new ResourceQuery(BuiltinTypes.Pods), PodProjection.Update);
        Deployments = informers.Get<WorkloadFacts>(new ResourceQuery(BuiltinTypes.Deployments), WorkloadProjection.ReadDeployment);
        StatefulSets = informers.Get<WorkloadFacts>(new ResourceQuery(BuiltinTypes.StatefulSets), WorkloadProjection.ReadStatefulSet);
        DaemonSets = informers.Get<WorkloadFacts>(new ResourceQuery(BuiltinTypes.DaemonSets), WorkloadProjection.ReadDaemonSet);
        ReplicaSets = informers.Get<OwnedRevision>(new ResourceQuery(BuiltinTypes.ReplicaSets), RevisionProjection.ReadReplicaSet);
        ControllerRevisions = informers.Get<OwnedRevision>(new ResourceQuery(BuiltinTypes.ControllerRevisions), RevisionProjection.ReadControllerRevision);
        Jobs = informers.Get<JobFacts>(new ResourceQuery(BuiltinTypes.Jobs), JobProjection.ReadJob);
        CronJobs = informers.Get<CronJobFacts>(new ResourceQuery(BuiltinTypes.CronJobs), JobProjection.ReadCronJob);
        ConfigMaps = informers.Get<ConfigMapFacts>(new ResourceQuery(BuiltinTypes.ConfigMaps), ConfigMapProjection.Read);
        Namespaces = informers.Get<NamespaceFacts>(new ResourceQuery(BuiltinTypes.Namespaces), NamespaceProjection.Read);
        Pods.AddIndex(ByNode, static p => p.NodeName is { } node ? [node] : []);
        ConfigMaps.AddIndex(ByDns, static c => c.IsDnsConfig ? [ByDns] : []);
        Pods.AddIndex(ByController, static p => Uid(p.Controller));
        Pods.AddIndex(ByConfigMap, static p => ConfigMapsOf(p).Select(name => $"{p.Ref.Namespace}/{name}"));
        ReplicaSets.AddIndex(ByController, static r => Uid(r.Controller));
        ControllerRevisions.AddIndex(ByController, static r => Uid(r.Controller));
        Pods.AddIndex(ByOther, static p => Other(p.Ref, p.Controller));
        ReplicaSets.AddIndex(ByOther, static r => Other(r.Facts.Ref, r.Controller));
        Jobs.AddIndex(ByController, static j => Uid(j.Controller));
        Around = new AroundCache(informers, options);
        foreach (Informer<WorkloadFacts> workloads in new[] { Deployments, StatefulSets, DaemonSets })
        {
            workloads.AddIndex(AroundCache.ByNamespace, static w => [w.Ref.Namespace ?? ""]);
            workloads.AddHandler(Health.Saw);
        }
    }

    internal HealthMemory Health { get; }

    internal AroundCache Around { get; }

    internal LogMemory Logs { get; } = new();

    internal ImmutableArray<ConfigMapFacts> DnsConfigs => ConfigMaps.ByIndex(ByDns, ByDns);

    internal ImmutableArray<WorkloadFacts> WorkloadsIn(string ns) =>
        [.. Deployments.ByIndex(AroundCache.ByNamespace, ns), .. StatefulSets.ByIndex(AroundCache.ByNamespace, ns), .. DaemonSets.ByIndex(AroundCache.ByNamespace, ns)];

    internal Informer<PodFacts> Pods { get; }

    internal Informer<WorkloadFacts> Deployments { get; }

    internal Informer<WorkloadFacts> StatefulSets { get; }

    internal Informer<WorkloadFacts> DaemonSets { get; }

    internal Informer<OwnedRevision> ReplicaSets { get; }

    internal Informer<OwnedRevision> ControllerRevisions { get; }

    internal Informer<JobFacts> Jobs { get; }

    internal Informer<CronJobFacts> CronJobs { get; }

    internal Informer<ConfigMapFacts> ConfigMaps { get; }

    internal Informer<NamespaceFacts> Namespaces { get; }

    internal ImmutableArray<PodFacts> PodsOn(string node) => Pods.ByIndex(ByNode, node);

    internal ImmutableArray<PodFacts> PodsOf(string? uid) => uid is null ? [] : Pods.ByIndex(ByController, uid);

    /// <summary>Pods that an object of a kind that is not cached controls; it is known by its name alone.</summary>
    internal ImmutableArray<PodFacts> PodsOfOther(TargetRef owner) => Pods.ByIndex(ByOther, Key(owner.Kind, owner.Namespace, owner.Name));

    /// <summary>ReplicaSets that an object of a kind that is not cached controls.</summary>
    internal ImmutableArray<OwnedRevision> ReplicaSetsOfOther(TargetRef owner) => ReplicaSets.ByIndex(ByOther, Key(owner.Kind, owner.Namespace, owner.Name));

    internal ImmutableArray<OwnedRevision> ReplicaSetsOf(string? uid) => uid is null ? [] : ReplicaSets.ByIndex(ByController, uid);

    internal ImmutableArray<OwnedRevision> ControllerRevisionsOf(string? uid) => uid is null ? [] : ControllerRevisions.ByIndex(ByController, uid);

    internal ImmutableArray<JobFacts> JobsOf(string? uid) => uid is null ? [] : Jobs.ByIndex(ByController, uid);

    internal ImmutableArray<PodFacts> ReadersOf(NamespacedName configMap) => Pods.ByIndex(ByConfigMap, configMap.ToString());

    internal static IEnumerable<string> ConfigMapsOf(PodFacts pod) =>
        pod.Containers.SelectMany(static c => c.ConfigReferences).Where(static r => r.Kind == "ConfigMap").Select(static r => r.Name).Distinct();

    private static IEnumerable<string> Other(TargetRef self, OwnerReference? owner) =>
        owner is null || BuiltinTypes.IsBuiltin(owner.Kind, owner.ApiVersion) ? [] : [Key(owner.Kind, self.Namespace, owner.Name)];

    private static string Key(string kind, string? ns, string name) => $"{kind}/{ns}/{name}";

    private static IEnumerable<string> Uid(OwnerReference? owner) => owner is null ? [] : [owner.Uid];
}
