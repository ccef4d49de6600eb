using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Keeps as many pods as a ReplicaSet asks for.</summary>
internal sealed class ReplicaSetController(ControllerTools tools) : IReconciler
{
    private const string Source = "replicaset-controller";

    /// <summary>Pods made before the status is written and others get their turn.</summary>
    private const int Batch = 25;

    public string Name => "replicaset";

    public IEnumerable<Trigger> Triggers => [Trigger.Self(tools.Cluster.ReplicaSets), Trigger.Owner(tools.Cluster.Pods, Kinds.ReplicaSet)];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.ReplicaSets.Get(key) is not { } set)
        {
            return null;
        }

        await ReleaseAsync(set, ct);
        ApiException? failure = set.IsDeleting ? null : await TryScaleAsync(set, ct);
        int minReady = set.Spec.Number("minReadySeconds");
        ImmutableArray<KubeObject> pods = [.. tools.Cluster.Pods.OwnedBy(set.Uid).Where(PodFacts.IsActive)];
        await WriteStatusAsync(set, pods, minReady, failure, ct);
        bool isUnfinished = !set.IsDeleting && pods.Length < set.Spec.Number("replicas", 1);
        return failure is not null ? throw failure : isUnfinished ? TimeSpan.Zero : PodFacts.NextAvailable(pods, minReady, tools.Now);
    }

    /// <summary>A pod whose labels no longer match is let go, alive: how people take one aside to look at it.</summary>
    private async Task ReleaseAsync(KubeObject set, CancellationToken ct)
    {
        foreach (KubeObject pod in tools.Cluster.Pods.OwnedBy(set.Uid).Where(p => !p.IsDeleting && !LabelSelector.Matches(set.Spec.At("selector"), p.Labels)))
        {
            await tools.Cluster.PatchAsync(Kinds.Pod, pod, new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = null } }, ct);
        }
    }

    private async Task<ApiException?> TryScaleAsync(KubeObject set, CancellationToken ct)
    {
        ImmutableArray<KubeObject> active = [.. tools.Cluster.Pods.OwnedBy(set.Uid).Where(PodFacts.IsActive)];
        int difference = set.Spec.Number("replicas", 1) - active.Length;
        try
        {
            for (int i = 0; i < Math.Min(difference, Batch); i++)
            {
                await CreateAsync(set, ct);
            }

            foreach (KubeObject pod in DeletionRank.Choose(active, -difference))
            {
                await tools.Cluster.DeleteAsync(Kinds.Pod, pod, null, ct);
                tools.Normal(Kinds.ReplicaSet, set, Source, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
            }

            return null;
        }
        catch (ApiException refused)
        {
            return refused;
        }
    }

    private async Task CreateAsync(KubeObject set, CancellationToken ct)
    {
        JsonObject pod = Owner.Pod(Kinds.ReplicaSet, set, set.Spec.At("template"));
        pod["metadata"]!["generateName"] = $"{set.Name}-";
        try
        {
            KubeObject created = await tools.Cluster.CreateAsync(Kinds.Pod, set.Namespace, pod, ct);
            tools.Normal(Kinds.ReplicaSet, set, Source, "SuccessfulCreate", $"Created pod: {created.Name}");
        }
        catch (ApiException refused)
        {
            tools.Warning(Kinds.ReplicaSet, set, Source, "FailedCreate", $"Error creating: {refused.Message}");
            throw;
        }
    }

    private Task<KubeObject?> WriteStatusAsync(KubeObject set, ImmutableArray<KubeObject> pods, int minReady, ApiException? failure, CancellationToken ct)
    {
        JsonArray conditions = failure is null
            ? []
            : new JsonArray(Conditions.Write(set, "ReplicaFailure", "True", "FailedCreate", failure.Message, tools.Now));
        JsonObject status = new()
        {
            ["replicas"] = pods.Length,
            ["fullyLabeledReplicas"] = pods.Count(pod => LabelSelector.MatchesMap(set.Spec.At("template", "metadata", "labels"), pod.Labels)),
            ["readyReplicas"] = pods.Count(PodFacts.IsReady),
            ["availableReplicas"] = pods.Count(pod => PodFacts.IsAvailable(pod, minReady, tools.Now)),
            ["observedGeneration"] = set.Generation,
            ["conditions"] = conditions,
        };
        return tools.Cluster.PatchStatusAsync(Kinds.ReplicaSet, set, status, ct);
    }
}
