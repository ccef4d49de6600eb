using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>Gathers what lies around a subject from the caches: what its kind's detectors ask for, or all of it.</summary>
internal sealed class SurroundingsSource(ClusterCache cache)
{
    /// <summary>What detectors ask for, found by keys.</summary>
    public Surroundings Near(Situation situation) => situation switch
    {
        { Service: { } service } => Of(service),
        { Ingress: { } ingress } => Of(ingress),
        { Claim: not null } => new() { SeesCluster = cache.Around.SeesCluster, StorageClasses = cache.Around.AllStorageClasses },
        { Budget: { } budget } => new() { Workloads = cache.WorkloadsIn(budget.Ref.Namespace ?? "") },
        { Webhook: { } webhook } => Of(webhook),
        _ => OfPods(situation),
    };

    /// <summary>All of it: what is in the subject's namespace, and what the cluster has of what is in none.</summary>
    public Surroundings All(Situation situation)
    {
        AroundCache around = cache.Around;
        TargetRef subject = situation.Subject;
        string ns = subject.Namespace ?? (subject.Kind == "Namespace" ? subject.Name : "");
        bool isAnyIngress = situation.LogSurvey is { Signs.IsEmpty: false } || subject.Kind is "Secret" or "Ingress";
        return new()
        {
            SeesCluster = around.SeesCluster,
            Services = ns.Length == 0 ? situation.Around.Services : In(around.Services, ns),
            Endpoints = ns.Length == 0 ? situation.Around.Endpoints : In(around.EndpointSlices, ns),
            Workloads = cache.WorkloadsIn(ns),
            Ingresses = isAnyIngress ? around.AllIngresses : In(around.Ingresses, ns),
            IngressClasses = around.AllIngressClasses,
            Policies = In(around.Policies, ns),
            Claims = In(around.Claims, ns),
            StorageClasses = around.AllStorageClasses,
            Nodes = around.AllNodes,
            Webhooks = around.AllWebhooks,
            Secrets = around.Secrets is { } secrets ? In(secrets, ns) : null,
            DnsConfigs = cache.DnsConfigs,
            Autoscalers = In(around.Autoscalers, ns),
            Budgets = In(around.Budgets, ns),
            Rollouts = [.. cache.WorkloadsIn(ns).Select(w => w.Ref).Where(w => w.Uid != subject.Uid).Select(NewestRollout).OfType<RolloutFacts>()],
            Logs = LogsAround(subject.Kind, ns),
        };
    }

    private RolloutFacts? NewestRollout(TargetRef workload)
    {
        ImmutableArray<OwnedRevision> all = workload.Kind == "Deployment" ? cache.ReplicaSetsOf(workload.Uid) : cache.ControllerRevisionsOf(workload.Uid);
        return all.Select(static r => r.Facts).OrderByDescending(static r => r.Number).Take(2).ToArray() is [{ } newest, { } before] ? new(workload, newest, before) : null;
    }

    // These serve workloads of other namespaces, too.
    private ImmutableArray<LogSurveyFacts> LogsAround(string kind, string ns) => kind is "Ingress" or "Secret" or "ConfigMap" ? cache.Logs.Anywhere() : cache.Logs.In(ns);

    private static ImmutableArray<T> In<T>(Informer<T> informer, string ns)
        where T : class => ns.Length == 0 ? [] : informer.ByIndex(AroundCache.ByNamespace, ns);

    // A trouble of a pod may be that of its node; a workload without pods is missed where a Service leads to it.
    private Surroundings OfPods(Situation situation)
    {
        string own = situation.Subject.Namespace ?? "", ns = situation.Workload is { DesiredPods: 0 } ? own : "", called = situation.Workload is { Callers.IsEmpty: false } ? own : "";
        return new()
        {
            Services = In(cache.Around.Services, ns),
            Endpoints = In(cache.Around.EndpointSlices, ns),
            Policies = In(cache.Around.Policies, called),
            Workloads = called.Length == 0 ? [] : cache.WorkloadsIn(called),
            Nodes =
            [
                .. situation.Pods.Select(static p => p.NodeName).OfType<string>().Distinct().Order(StringComparer.Ordinal)
                    .Select(name => cache.Around.Nodes.Find(new("", name))).OfType<NodeFacts>(),
            ],
        };
    }

    private Surroundings Of(ServiceFacts service) => new()
    {
        Endpoints = cache.Around.EndpointsOf(new(service.Ref.Namespace ?? "", service.Ref.Name)),
        Workloads = service.Selector.IsEmpty ? [] : cache.WorkloadsIn(service.Ref.Namespace ?? ""),
    };

    private Surroundings Of(IngressFacts ingress)
    {
        string ns = ingress.Ref.Namespace ?? "";
        return new()
        {
            SeesCluster = cache.Around.SeesCluster,
            Services = [.. ingress.Backends.Select(static b => b.Service).Distinct().Select(name => cache.Around.Services.Find(new(ns, name))).OfType<ServiceFacts>()],
            Secrets = cache.Around.Secrets is { } secrets ? [.. ingress.Tls.Select(t => secrets.Find(new(ns, t.Secret))).OfType<SecretFacts>()] : null,
            IngressClasses = cache.Around.AllIngressClasses,
        };
    }

    private Surroundings Of(WebhookFacts webhook)
    {
        ImmutableArray<NamespacedName> services =
            [.. webhook.Hooks.Where(static h => h.ServiceName is not null).Select(static h => new NamespacedName(h.ServiceNamespace ?? "", h.ServiceName!)).Distinct()];
        return new()
        {
            Services = [.. services.Select(cache.Around.Services.Find).OfType<ServiceFacts>()],
            Endpoints = [.. services.SelectMany(s => cache.Around.EndpointsOf(s))],
        };
    }
}
