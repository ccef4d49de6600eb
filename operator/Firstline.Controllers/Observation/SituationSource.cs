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
            "Service" => Known(root, cache.Around.Services.Find(key), OfService),
            "Ingress" => Known(root, cache.Around.Ingresses.Find(key), OfIngress),
            "PersistentVolumeClaim" => Known(root, cache.Around.Claims.Find(key), OfClaim),
            "PersistentVolume" => Known(root, cache.Around.Volumes.Find(key), static v => new() { Subject = v.Ref, Volume = v, Deletion = v.Deletion }),
            "HorizontalPodAutoscaler" => Known(root, cache.Around.Autoscalers.Find(key), static a => new() { Subject = a.Ref, Autoscaler = a }),
            "PodDisruptionBudget" => Known(root, cache.Around.Budgets.Find(key), OfBudget),
            "NetworkPolicy" => Known(root, cache.Around.Policies.Find(key), static p => new() { Subject = p.Ref }),
            "Secret" => OfSecret(root, cache.Around.Secrets, key),
            "ResourceQuota" => Known(root, cache.Around.Quotas.Find(key), static q => new() { Subject = q.Ref }),
            "MutatingWebhookConfiguration" => Known(root, cache.Around.Mutating.Find(new("", root.Name)), OfWebhook),
            "ValidatingWebhookConfiguration" => Known(root, cache.Around.Validating.Find(new("", root.Name)), OfWebhook),
            "Namespace" => OfNamespace(root, cache.Namespaces.Find(new("", root.Name))),
            _ => null,
        };
        NamespaceFacts? home = cache.Namespaces.Find(new("", root.Namespace ?? root.Name));
        return situation is null ? null : WithNodes(situation) with
        {
            NamespacePaused = home is { Paused: true }, NamespaceEnding = home is { Ending: true }, Environment = home?.Environment, LogSurvey = cache.Logs.Of(situation.Subject),
        };
    }

    /// <inheritdoc/>
    public Situation LookAround(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        string ns = situation.Subject.Namespace ?? (situation.Subject.Kind == "Namespace" ? situation.Subject.Name : "");
        AroundCache around = cache.Around;
        ImmutableArray<ClaimFacts> claims = In(around.Claims, ns);
        return situation with
        {
            Around = new()
            {
                SeesCluster = around.SeesCluster,
                Services = In(around.Services, ns),
                Endpoints = In(around.EndpointSlices, ns),
                Workloads = cache.WorkloadsIn(ns),
                Ingresses = situation.LogSurvey is { Signs.IsEmpty: false } || situation.Subject.Kind is "Secret" or "Ingress" ? around.AllIngresses : In(around.Ingresses, ns),
                IngressClasses = around.IngressClassNames,
                Policies = In(around.Policies, ns),
                Claims = claims,
                Volumes = [.. claims.Select(static c => c.Volume).OfType<string>().Select(name => around.Volumes.Find(new("", name))).OfType<VolumeFacts>()],
                StorageClasses = around.AllStorageClasses,
                Nodes = around.AllNodes,
                Quotas = In(around.Quotas, ns),
                Webhooks = around.AllWebhooks,
                Autoscalers = In(around.Autoscalers, ns),
                Budgets = In(around.Budgets, ns),
                Secrets = around.Secrets is { } secrets ? In(secrets, ns) : null,
                DnsConfigs = cache.DnsConfigs,
                Logs = LogsAround(situation.Subject.Kind, ns),
            },
        };
    }

    // These serve workloads of other namespaces, too.
    private ImmutableArray<LogSurveyFacts> LogsAround(string kind, string ns) => kind is "Ingress" or "Secret" or "ConfigMap" ? cache.Logs.Anywhere() : cache.Logs.In(ns);

    private static ImmutableArray<T> In<T>(Informer<T> informer, string ns)
        where T : class => ns.Length == 0 ? [] : informer.ByIndex(AroundCache.ByNamespace, ns);

    private static Situation Known<T>(TargetRef root, T? facts, Func<T, Situation> make)
        where T : class => facts is null ? Gone(root) : make(facts);

    // A trouble of a pod may be that of its node.
    private Situation WithNodes(Situation situation)
    {
        ImmutableArray<NodeFacts> nodes =
        [
            .. situation.Pods.Select(static p => p.NodeName).OfType<string>().Distinct().Order(StringComparer.Ordinal)
                .Select(name => cache.Around.Nodes.Find(new("", name))).OfType<NodeFacts>(),
        ];
        Surroundings around = situation.Around with { Nodes = nodes };
        bool isQuiet = situation.Workload is { DesiredPods: 0 };
        bool isTelling = situation.LogSurvey is { Signs.IsEmpty: false } || cache.Logs.Of(situation.Subject) is { Signs.IsEmpty: false };
        return isTelling ? LookAround(situation with { LogSurvey = cache.Logs.Of(situation.Subject) })
            : isQuiet && situation.Workload!.Ref.Namespace is { } ns ? situation with { Around = around with { Services = In(cache.Around.Services, ns), Endpoints = cache.Around.EndpointSlices.ByIndex(AroundCache.ByNamespace, ns) } }
            : nodes.IsEmpty ? situation : situation with { Around = around };
    }

    private Situation OfService(ServiceFacts service) => new()
    {
        Subject = service.Ref,
        Service = service,
        Deletion = service.Deletion,
        Around = new()
        {
            Endpoints = cache.Around.EndpointsOf(new(service.Ref.Namespace ?? "", service.Ref.Name)),
            Workloads = service.Selector.IsEmpty ? [] : cache.WorkloadsIn(service.Ref.Namespace ?? ""),
        },
    };

    private Situation OfIngress(IngressFacts ingress)
    {
        string ns = ingress.Ref.Namespace ?? "";
        return new()
        {
            Subject = ingress.Ref,
            Ingress = ingress,
            Around = new()
            {
                SeesCluster = cache.Around.SeesCluster,
                Services = [.. ingress.Backends.Select(static b => b.Service).Distinct().Select(name => cache.Around.Services.Find(new(ns, name))).OfType<ServiceFacts>()],
                Secrets = cache.Around.Secrets is { } secrets ? [.. ingress.Tls.Select(t => secrets.Find(new(ns, t.Secret))).OfType<SecretFacts>()] : null,
                IngressClasses = cache.Around.IngressClassNames,
            },
        };
    }

    // Where Secrets are not observed, what an Ingress and logs tell of one can be judged all the same; that it is gone can't.
    private static Situation OfSecret(TargetRef root, Informer<SecretFacts>? secrets, NamespacedName key) =>
        secrets is null ? new() { Subject = root } : Known(root, secrets.Find(key), static s => new() { Subject = s.Ref });

    private Situation OfClaim(ClaimFacts claim) => new()
    {
        Subject = claim.Ref,
        Claim = claim with { IsExpandable = claim.StorageClass is { Length: > 0 } name && cache.StorageClasses.Find(new("", name)) is { AllowsExpansion: true } },
        Deletion = claim.Deletion,
        Around = new()
        {
            SeesCluster = cache.Around.SeesCluster,
            StorageClasses = cache.Around.AllStorageClasses,
            Volumes = [.. new[] { claim.Volume }.OfType<string>().Select(name => cache.Around.Volumes.Find(new("", name))).OfType<VolumeFacts>()],
        },
    };

    private Situation OfBudget(BudgetFacts budget) => new()
    {
        Subject = budget.Ref, Budget = budget, Around = new() { Workloads = cache.WorkloadsIn(budget.Ref.Namespace ?? "") },
    };

    private Situation OfWebhook(WebhookFacts webhook)
    {
        ImmutableArray<NamespacedName> services = [.. webhook.Hooks.Where(static h => h.ServiceName is not null).Select(static h => new NamespacedName(h.ServiceNamespace ?? "", h.ServiceName!)).Distinct()];
        return new()
        {
            Subject = webhook.Ref,
            Webhook = webhook,
            Around = new()
            {
                Services = [.. services.Select(cache.Around.Services.Find).OfType<ServiceFacts>()],
                Endpoints = [.. services.SelectMany(s => cache.Around.EndpointsOf(s))],
            },
        };
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
        : WithConfigMaps(new() { Subject = job.Ref, Deletion = job.Deletion, Jobs = [job], Pods = Sorted(cache.PodsOf(job.Ref.Uid)) });

    private Situation OfPod(TargetRef root, PodFacts? pod) => pod is null ? Gone(root) : WithConfigMaps(new() { Subject = pod.Ref, Pods = [pod] });

    private static Situation OfConfigMap(TargetRef root, ConfigMapFacts? config) => config is null ? Gone(root) : new() { Subject = config.Ref, Deletion = config.Deletion, ConfigMaps = [config] };

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
            Deletion = node.Deletion,
            BoundPods = Sorted(bound),
            BoundWorkloadsReadyPods = controllers.Sum(uid => cache.PodsOf(uid).Count(static p => p.IsReady)),
        };
    }

    private static Situation OfNamespace(TargetRef root, NamespaceFacts? found) => found is null ? Gone(root) : new() { Subject = found.Ref, Deletion = found.Deletion, Conditions = found.Conditions };

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
