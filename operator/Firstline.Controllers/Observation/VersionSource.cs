using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>Tells which resourceVersion of an object a situation shows, so that evidence can name it. One that has changed since it was gathered is left out.</summary>
internal sealed class VersionSource(ClusterCache cache)
{
    /// <summary>By UID: the subject's own, those of what belongs to it, and of what around it may be evidence.</summary>
    public ImmutableDictionary<string, string> Of(Situation situation)
    {
        AroundCache around = cache.Around;
        Surroundings near = situation.Around;
        ImmutableHashSet<string> nodes = [.. situation.Pods.Select(static p => p.NodeName).Append(situation.Node?.Ref.Name).OfType<string>()];
        return Known(cache.Pods, situation.Pods, static p => p.Ref)
            .Concat(Known(cache.Deployments, Workloads("Deployment"), static w => w.Ref))
            .Concat(Known(cache.StatefulSets, Workloads("StatefulSet"), static w => w.Ref))
            .Concat(Known(cache.DaemonSets, Workloads("DaemonSet"), static w => w.Ref))
            .Concat(Revisions(situation))
            .Concat(Known(cache.Jobs, situation.Jobs, static j => j.Ref))
            .Concat(Known(cache.ConfigMaps, situation.ConfigMaps, static c => c.Ref))
            .Concat(Known(around.Nodes, near.Nodes.Where(n => nodes.Contains(n.Ref.Name)), static n => n.Ref))
            .Concat(Known(around.Services, near.Services, static s => s.Ref))
            .Concat(Known(around.Ingresses, near.Ingresses, static i => i.Ref))
            .Concat(Known(around.Policies, near.Policies, static p => p.Ref))
            .Concat(Known(around.Claims, near.Claims, static c => c.Ref))
            .Concat(Known(around.Budgets, near.Budgets, static b => b.Ref))
            .Concat(Known(around.Autoscalers, near.Autoscalers, static a => a.Ref))
            .Concat(Known(around.Mutating, near.Webhooks.Where(static w => w.Ref.Kind == "MutatingWebhookConfiguration"), static w => w.Ref))
            .Concat(Known(around.Validating, near.Webhooks.Where(static w => w.Ref.Kind == "ValidatingWebhookConfiguration"), static w => w.Ref))
            .DistinctBy(static v => v.Key)
            .ToImmutableDictionary();

        IEnumerable<WorkloadFacts> Workloads(string kind) => near.Workloads.Where(w => w.Ref.Kind == kind);
    }

    // A revision's content never changes, and of how many pods it has the cache's newest count is shown.
    private IEnumerable<KeyValuePair<string, string>> Revisions(Situation situation) =>
        from revision in situation.Revisions
        let key = KeyOf(revision.Ref)
        let version = revision.Ref.Kind == "ReplicaSet" ? cache.ReplicaSets.VersionOf(key, r => ReferenceEquals(r.Facts, revision)) : cache.ControllerRevisions.VersionOf(key, r => r.Facts.Ref.Uid == revision.Ref.Uid)
        where version is not null && revision.Ref.Uid is not null
        select KeyValuePair.Create(revision.Ref.Uid, version);

    private static IEnumerable<KeyValuePair<string, string>> Known<T>(Informer<T> informer, IEnumerable<T> shown, Func<T, TargetRef> of)
        where T : class =>
        from facts in shown
        let uid = of(facts).Uid
        where uid is not null
        let version = informer.VersionOf(KeyOf(of(facts)), held => ReferenceEquals(held, facts))
        where version is not null
        select KeyValuePair.Create(uid, version);

    private static NamespacedName KeyOf(TargetRef target) => new(target.Namespace ?? "", target.Name);
}
