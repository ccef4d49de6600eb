using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Cache;

/// <summary>What the simulation knows of the cluster, and the only way in which it changes it: each write's answer goes into the cache.</summary>
internal sealed class Cluster
{
    private readonly ApiClient _api;
    private readonly ImmutableDictionary<ResourceType, ObjectCache> _caches;

    /// <param name="api">The server.</param>
    /// <param name="namespaces">Namespaces to play in; empty for all. Cluster-scoped objects are always seen.</param>
    public Cluster(ApiClient api, ImmutableArray<string> namespaces)
    {
        _api = api;
        ImmutableHashSet<string> wanted = [.. namespaces];
        bool IsWanted(NamespacedName key) => wanted.IsEmpty || key.Namespace.Length == 0 || wanted.Contains(key.Namespace) || key.Namespace == "kube-node-lease";
        _caches = Watched.ToImmutableDictionary(type => type, type => new ObjectCache(type, IsWanted));
    }

    /// <summary>The kinds that are watched, one watch each.</summary>
    public static ImmutableArray<ResourceType> Watched { get; } =
    [
        Kinds.Namespace, Kinds.Node, Kinds.Pod, Kinds.ConfigMap, Kinds.Secret, Kinds.Service, Kinds.ServiceAccount, Kinds.Endpoints, Kinds.Deployment,
        Kinds.ReplicaSet, Kinds.StatefulSet, Kinds.DaemonSet, Kinds.ControllerRevision, Kinds.Job, Kinds.CronJob, Kinds.PodDisruptionBudget,
        Kinds.EndpointSlice,
    ];

    public ObjectCache Namespaces => _caches[Kinds.Namespace];

    public ObjectCache Nodes => _caches[Kinds.Node];

    public ObjectCache Pods => _caches[Kinds.Pod];

    public ObjectCache ConfigMaps => _caches[Kinds.ConfigMap];

    public ObjectCache Secrets => _caches[Kinds.Secret];

    public ObjectCache Services => _caches[Kinds.Service];

    public ObjectCache ServiceAccounts => _caches[Kinds.ServiceAccount];

    public ObjectCache Endpoints => _caches[Kinds.Endpoints];

    public ObjectCache EndpointSlices => _caches[Kinds.EndpointSlice];

    public ObjectCache Deployments => _caches[Kinds.Deployment];

    public ObjectCache ReplicaSets => _caches[Kinds.ReplicaSet];

    public ObjectCache StatefulSets => _caches[Kinds.StatefulSet];

    public ObjectCache DaemonSets => _caches[Kinds.DaemonSet];

    public ObjectCache ControllerRevisions => _caches[Kinds.ControllerRevision];

    public ObjectCache Jobs => _caches[Kinds.Job];

    public ObjectCache CronJobs => _caches[Kinds.CronJob];

    public ObjectCache PodDisruptionBudgets => _caches[Kinds.PodDisruptionBudget];

    public IEnumerable<ObjectCache> All => _caches.Values;

    public async Task<KubeObject> CreateAsync(ResourceType type, string ns, JsonObject body, CancellationToken ct)
    {
        body["apiVersion"] = type.ApiVersion;
        body["kind"] = type.Kind;
        KubeObject created = await _api.CreateAsync(type, ns, body, ct);
        Remember(type, created);
        return created;
    }

    /// <summary>Changes what differs in <paramref name="desired"/> (members of the object, such as metadata and spec); no request when nothing does.</summary>
    /// <returns>The object as it is now; null when it is gone.</returns>
    public Task<KubeObject?> PatchAsync(ResourceType type, KubeObject current, JsonObject desired, CancellationToken ct) =>
        PatchAsync(type, current, "", desired, ct);

    /// <summary>Changes what differs in status.</summary>
    /// <inheritdoc cref="PatchAsync(ResourceType, KubeObject, JsonObject, CancellationToken)"/>
    public Task<KubeObject?> PatchStatusAsync(ResourceType type, KubeObject current, JsonObject status, CancellationToken ct) =>
        PatchAsync(type, current, "status", new JsonObject { ["status"] = status }, ct);

    /// <summary>Deletes exactly this object, with the given grace period; null leaves it to the object.</summary>
    public async Task DeleteAsync(ResourceType type, KubeObject target, int? graceSeconds, CancellationToken ct)
    {
        KubeObject? left = await _api.DeleteAsync(type, target, graceSeconds, ct);
        if (!_caches.TryGetValue(type, out ObjectCache? cache))
        {
            return;
        }

        if (left is null)
        {
            cache.Forget(target);
        }
        else
        {
            cache.Put(left);
        }
    }

    public Task BindAsync(KubeObject pod, string node, CancellationToken ct) => _api.BindAsync(pod, node, ct);

    /// <summary>Changes an object that is not watched.</summary>
    /// <returns>Whether it exists.</returns>
    public async Task<bool> PatchUnseenAsync(ResourceType type, NamespacedName key, JsonObject patch, CancellationToken ct) =>
        await _api.PatchAsync(type, key, "", patch, ct) is not null;

    private async Task<KubeObject?> PatchAsync(ResourceType type, KubeObject current, string subresource, JsonObject desired, CancellationToken ct)
    {
        if (MergePatch.Between(current.Root, desired) is not { } patch)
        {
            return current;
        }

        // The UID makes a patch of a re-created object of the same name a conflict.
        JsonObject metadata = patch["metadata"] as JsonObject ?? [];
        metadata["uid"] = current.Uid;
        patch["metadata"] = metadata;
        KubeObject? changed = await _api.PatchAsync(type, current.Key, subresource, patch, ct);
        if (changed is not null)
        {
            Remember(type, changed);
        }

        return changed;
    }

    private void Remember(ResourceType type, KubeObject item)
    {
        if (_caches.TryGetValue(type, out ObjectCache? cache))
        {
            cache.Put(item);
        }
    }
}
