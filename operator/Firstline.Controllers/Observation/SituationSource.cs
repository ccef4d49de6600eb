using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>Gathers situations from the caches, by keys and indexes alone: the cost grows with the subject's own pods, not with the cluster.</summary>
/// <exception cref="Kube.TransientException">On every call before the caches are filled: half a situation is never shown.</exception>
public sealed class SituationSource(ClusterCache cache) : ISituationSource
{
    private readonly RootFinder roots = new(cache);
    private readonly SurroundingsSource surroundings = new(cache);
    private readonly VersionSource versions = new(cache);

    /// <inheritdoc/>
    /// <remarks>A pod, ReplicaSet or Job is taken for its root. Of a kind that is not cached (a custom resource) the pods and ReplicaSets that it controls are known; of one
    /// that controls none nothing is: null.</remarks>
    public Situation? Observe(TargetRef target)
    {
        TargetRef root = roots.Find(target);
        NamespacedName key = new(root.Namespace ?? "", root.Name);
        Situation? situation = root.Kind switch
        {
            _ when BuiltinTypes.Find(root.Kind) is not null && !BuiltinTypes.IsBuiltin(root.Kind, root.ApiVersion) => OfOther(root),
            "Deployment" => OfWorkload(root, cache.Deployments.Find(key)),
            "StatefulSet" => OfWorkload(root, cache.StatefulSets.Find(key)),
            "DaemonSet" => OfWorkload(root, cache.DaemonSets.Find(key)),
            "ReplicaSet" => OfReplicaSet(root, cache.ReplicaSets.Find(key)),
            "CronJob" => OfCronJob(root, cache.CronJobs.Find(key)),
            "Job" => OfJob(root, cache.Jobs.Find(key)),
            "Pod" => OfPod(root, cache.Pods.Find(key)),
            "ConfigMap" => OfConfigMap(root, cache.ConfigMaps.Find(key)),
            "Node" => OfNode(root, cache.Around.Nodes.Find(new("", root.Name))),
            "Service" => Known(root, cache.Around.Services.Find(key), static s => new() { Subject = s.Ref, Service = s, Deletion = s.Deletion }),
            "Ingress" => Known(root, cache.Around.Ingresses.Find(key), static i => new() { Subject = i.Ref, Ingress = i }),
            "PersistentVolumeClaim" => Known(root, cache.Around.Claims.Find(key), OfClaim),
            "PersistentVolume" => Known(root, cache.Around.Volumes.Find(key), static v => new() { Subject = v.Ref, Volume = v, Deletion = v.Deletion }),
            "HorizontalPodAutoscaler" => Known(root, cache.Around.Autoscalers.Find(key), static a => new() { Subject = a.Ref, Autoscaler = a }),
            "PodDisruptionBudget" => Known(root, cache.Around.Budgets.Find(key), static b => new() { Subject = b.Ref, Budget = b }),
            "NetworkPolicy" => Known(root, cache.Around.Policies.Find(key), static p => new() { Subject = p.Ref }),
            "Secret" => OfSecret(root, cache.Around.Secrets, key),
            "MutatingWebhookConfiguration" => Known(root, cache.Around.Mutating.Find(new("", root.Name)), static w => new() { Subject = w.Ref, Webhook = w }),
            "ValidatingWebhookConfiguration" => Known(root, cache.Around.Validating.Find(new("", root.Name)), static w => new() { Subject = w.Ref, Webhook = w }),
            "Namespace" => OfNamespace(root, cache.Namespaces.Find(new("", root.Name))),
            _ => OfOther(root),
        };
        NamespaceFacts? home = cache.Namespaces.Find(new("", root.Namespace ?? root.Name));
        return situation is null ? null : situation with
        {
            NamespacePaused = home is { Paused: true }, NamespaceEnding = home is { Ending: true }, Environment = home?.Environment, LogSurvey = cache.Logs.Of(situation.Subject),
            Around = surroundings.Near(situation),
        };
    }

    /// <inheritdoc/>
    /// <remarks>Pods are left out: what of them matters to a plan shows in their workload.</remarks>
    public void OnChange(Action<TargetRef> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        On(cache.Deployments, static w => w.Ref);
        On(cache.StatefulSets, static w => w.Ref);
        On(cache.DaemonSets, static w => w.Ref);
        On(cache.CronJobs, static c => c.Ref);
        On(cache.Jobs, static j => j.Ref);
        On(cache.ConfigMaps, static c => c.Ref);
        On(cache.Namespaces, static n => n.Ref);
        On(cache.Around.Nodes, static n => n.Ref);
        On(cache.Around.Autoscalers, static a => a.Ref);
        On(cache.Around.Claims, static c => c.Ref);

        void On<T>(Kube.Informers.Informer<T> informer, Func<T, TargetRef> of)
            where T : class => informer.AddHandler(change => changed(of((change.New ?? change.Old)!)));
    }

    /// <inheritdoc/>
    public Situation LookAround(Situation situation) => WithVersions(situation with { Around = surroundings.All(situation) });

    private Situation WithVersions(Situation situation) => situation with { Versions = versions.Of(situation) };

    private static Situation Known<T>(TargetRef root, T? facts, Func<T, Situation> make)
        where T : class => facts is null ? Gone(root) : make(facts);

    // Where Secrets are not observed, what an Ingress and logs tell of one can be judged all the same; that it is gone can't.
    private static Situation OfSecret(TargetRef root, Informer<SecretFacts>? secrets, NamespacedName key) =>
        secrets is null ? new() { Subject = root } : Known(root, secrets.Find(key), static s => new() { Subject = s.Ref });

    private Situation OfClaim(ClaimFacts claim) => new()
    {
        Subject = claim.Ref,
        Claim = claim with { IsExpandable = claim.StorageClass is { Length: > 0 } name && cache.Around.StorageClasses.Find(new("", name)) is { AllowsExpansion: true } },
        Deletion = claim.Deletion,
    };

    private Situation? OfOther(TargetRef root)
    {
        ImmutableArray<OwnedRevision> sets = cache.ReplicaSetsOfOther(root);
        ImmutableArray<PodFacts> pods = [.. sets.SelectMany(s => cache.PodsOf(s.Facts.Ref.Uid)), .. cache.PodsOfOther(root)];
        return pods.IsEmpty ? null : WithConfigMaps(new()
        {
            Subject = root, IsKnownByPods = true, Pods = Sorted(pods), Revisions = Newest(sets.Select(static s => s.Facts)),
        });
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
            Deletion = workload.Deletion,
            Workload = workload,
            Pods = Sorted(pods),
            HealthyTemplates = cache.Health.Of(uid),
            Budgets = BudgetsOf(root.Namespace ?? "", pods),
            Revisions = Newest(revisions),
        });
    }

    // Pods of one revision carry the same labels.
    private ImmutableArray<BudgetFacts> BudgetsOf(string ns, IEnumerable<PodFacts> pods)
    {
        ImmutableArray<BudgetFacts> all = cache.Around.Budgets.ByIndex(AroundCache.ByNamespace, ns);
        PodFacts[] kinds = all.IsEmpty ? [] : [.. pods.DistinctBy(static p => p.RevisionHash)];
        return [.. all.Where(b => Array.Exists(kinds, p => b.Pods.Selects(p.Labels)))];
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
        : WithConfigMaps(new() { Subject = job.Ref, Deletion = job.Deletion, Jobs = [job], Pods = Sorted(cache.PodsOf(job.Ref.Uid)) });

    private Situation OfPod(TargetRef root, PodFacts? pod) => pod is null ? Gone(root) : WithConfigMaps(new() { Subject = pod.Ref, Pods = [pod] });

    private static Situation OfConfigMap(TargetRef root, ConfigMapFacts? config) =>
        config is null ? Gone(root) : new() { Subject = config.Ref, Deletion = config.Deletion, ConfigMaps = [config] };

    private Situation OfNode(TargetRef root, NodeFacts? node)
    {
        if (node is null)
        {
            return Gone(root);
        }

        ImmutableArray<PodFacts> bound = cache.PodsOn(node.Ref.Name);
        string[] controllers =
            [.. bound.Select(static p => p.Controller).Where(static c => c is not null and not { Kind: "DaemonSet" or "Node" }).Select(static c => c!.Uid).Distinct()];
        return new()
        {
            Subject = node.Ref,
            Node = node,
            Deletion = node.Deletion,
            BoundPods = Sorted(bound),
            BoundWorkloadsReadyPods = controllers.Sum(uid => cache.PodsOf(uid).Count(static p => p.IsReady)),
        };
    }

    private static Situation OfNamespace(TargetRef root, NamespaceFacts? found) =>
        found is null ? Gone(root) : new() { Subject = found.Ref, Deletion = found.Deletion, Conditions = found.Conditions };

    private static Situation Gone(TargetRef root) => new() { Subject = root, Exists = false };

    private static ImmutableArray<RevisionFacts> Newest(IEnumerable<RevisionFacts> revisions) =>
        [.. revisions.OrderByDescending(static r => r.Number).ThenByDescending(static r => r.CreatedAt)];

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
