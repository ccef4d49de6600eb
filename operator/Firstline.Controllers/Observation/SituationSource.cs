using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>Gathers situations from the caches, by keys and indexes alone: the cost grows with the subject's own pods, not with the cluster.</summary>
/// <exception cref="Kube.TransientException">On every call before the caches are filled: half a situation is never shown.</exception>
public sealed class SituationSource(ClusterCache cache) : ISituationSource
{
    private readonly RootFinder roots = new(cache);

    /// <inheritdoc/>
    /// <remarks>A pod, ReplicaSet or Job is taken for its root. Of other kinds than those that are cached (a Service) nothing is known: null.</remarks>
    public Situation? Observe(TargetRef target)
    {
        TargetRef root = roots.Find(target);
        NamespacedName key = new(root.Namespace ?? "", root.Name);
        Situation? situation = root.Kind switch
        {
            "Deployment" => OfWorkload(root, cache.Deployments.Find(key)),
            "StatefulSet" => OfWorkload(root, cache.StatefulSets.Find(key)),
            "DaemonSet" => OfWorkload(root, cache.DaemonSets.Find(key)),
            "ReplicaSet" => OfReplicaSet(root, cache.ReplicaSets.Find(key)),
            "CronJob" => OfCronJob(root, cache.CronJobs.Find(key)),
            "Job" => OfJob(root, cache.Jobs.Find(key)),
            "Pod" => OfPod(root, cache.Pods.Find(key)),
            "ConfigMap" => OfConfigMap(root, cache.ConfigMaps.Find(key)),
            "Node" => OfNode(root, cache.Nodes.Find(new("", root.Name))),
            "HorizontalPodAutoscaler" => OfAutoscaler(root, cache.Autoscalers.Find(key)),
            "PersistentVolumeClaim" => OfClaim(root, cache.Claims.Find(key)),
            "Namespace" => OfNamespace(root, cache.Namespaces.Find(new("", root.Name))),
            _ => null,
        };
        NamespaceFacts? home = cache.Namespaces.Find(new("", root.Namespace ?? root.Name));
        return situation is null ? null : situation with { NamespacePaused = home is { Paused: true }, NamespaceEnding = home is { Ending: true } };
    }

    private Situation OfWorkload(TargetRef root, WorkloadFacts? workload)
    {
        if (workload is null)
        {
            return Gone(root);
        }

        string? uid = workload.Ref.Uid;
        ImmutableArray<OwnedRevision> sets = cache.ReplicaSetsOf(uid);
        ImmutableArray<PodFacts> pods = root.Kind == "Deployment" ? [.. sets.SelectMany(s => cache.PodsOf(s.Facts.Ref.Uid))] : cache.PodsOf(uid);
        IEnumerable<RevisionFacts> revisions = root.Kind == "Deployment"
            ? sets.Select(static s => s.Facts)
            : cache.ControllerRevisionsOf(uid).Select(r => Counted(r.Facts, pods));
        return WithConfigMaps(new()
        {
            Subject = workload.Ref,
            Workload = workload,
            Pods = Sorted(pods),
            HealthyTemplates = cache.Health.Of(uid),
            Revisions = [.. revisions.OrderByDescending(static r => r.Number).ThenByDescending(static r => r.CreatedAt)],
        });
    }

    private Situation OfReplicaSet(TargetRef root, OwnedRevision? set) => set is null
        ? Gone(root)
        : WithConfigMaps(new() { Subject = set.Facts.Ref, Pods = Sorted(cache.PodsOf(set.Facts.Ref.Uid)), Revisions = [set.Facts] });

    private Situation OfCronJob(TargetRef root, CronJobFacts? cron)
    {
        if (cron is null)
        {
            return Gone(root);
        }

        ImmutableArray<JobFacts> jobs = [.. cache.JobsOf(cron.Ref.Uid).OrderByDescending(static j => j.CreatedAt).ThenBy(static j => j.Ref.Name, StringComparer.Ordinal)];
        return WithConfigMaps(new() { Subject = cron.Ref, CronJob = cron, Jobs = jobs, Pods = Sorted(jobs.SelectMany(j => cache.PodsOf(j.Ref.Uid))) });
    }

    private Situation OfJob(TargetRef root, JobFacts? job) => job is null
        ? Gone(root)
        : WithConfigMaps(new() { Subject = job.Ref, Jobs = [job], Pods = Sorted(cache.PodsOf(job.Ref.Uid)) });

    private Situation OfPod(TargetRef root, PodFacts? pod) => pod is null ? Gone(root) : WithConfigMaps(new() { Subject = pod.Ref, Pods = [pod] });

    private static Situation OfConfigMap(TargetRef root, ConfigMapFacts? config) => config is null ? Gone(root) : new() { Subject = config.Ref, ConfigMaps = [config] };

    private Situation OfNode(TargetRef root, NodeFacts? node)
    {
        if (node is null)
        {
            return Gone(root);
        }

        ImmutableArray<PodFacts> bound = cache.PodsOn(node.Ref.Name);
        string[] controllers = [.. bound.Select(static p => p.Controller).Where(static c => c is not null and not { Kind: "DaemonSet" or "Node" }).Select(static c => c!.Uid).Distinct()];
        return new()
        {
            Subject = node.Ref,
            Node = node,
            BoundPods = Sorted(bound),
            BoundWorkloadsReadyPods = controllers.Sum(uid => cache.PodsOf(uid).Count(static p => p.IsReady)),
        };
    }

    private static Situation OfAutoscaler(TargetRef root, AutoscalerFacts? scaler) => scaler is null ? Gone(root) : new() { Subject = scaler.Ref, Autoscaler = scaler };

    private Situation OfClaim(TargetRef root, ClaimFacts? claim) => claim is null
        ? Gone(root)
        : new()
        {
            Subject = claim.Ref,
            Claim = claim with { IsExpandable = claim.StorageClass is { Length: > 0 } name && cache.StorageClasses.Find(new("", name)) is { AllowsExpansion: true } },
        };

    private static Situation OfNamespace(TargetRef root, NamespaceFacts? found) => found is null ? Gone(root) : new() { Subject = found.Ref };

    private static Situation Gone(TargetRef root) => new() { Subject = root, Exists = false };

    private static RevisionFacts Counted(RevisionFacts revision, ImmutableArray<PodFacts> pods) => revision with
    {
        DesiredPods = pods.Count(p => p.DeletionAt is null && p.RevisionHash == revision.PodHash),
        ReadyPods = pods.Count(p => p.IsReady && p.RevisionHash == revision.PodHash),
    };

    private Situation WithConfigMaps(Situation situation) => situation with
    {
        ConfigMaps =
        [
            .. situation.Pods.SelectMany(ClusterCache.ConfigMapsOf).Distinct().Order(StringComparer.Ordinal)
                .Select(name => cache.ConfigMaps.Find(new(situation.Subject.Namespace ?? "", name)))
                .OfType<ConfigMapFacts>(),
        ],
    };

    private static ImmutableArray<PodFacts> Sorted(IEnumerable<PodFacts> pods) => [.. pods.OrderBy(static p => p.Ref.Name, StringComparer.Ordinal)];
}
