using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Says in each PodDisruptionBudget how many pods may be evicted now.</summary>
internal sealed class DisruptionController(ControllerTools tools) : IReconciler
{
    public string Name => "disruption";

    public IEnumerable<Trigger> Triggers =>
    [
        Trigger.Self(tools.Cluster.PodDisruptionBudgets),
        new Trigger(tools.Cluster.Pods, pod => tools.Cluster.PodDisruptionBudgets.All(pod.Namespace)
            .Where(budget => LabelSelector.Matches(budget.Spec.At("selector"), pod.Labels))
            .Select(budget => budget.Key)),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.PodDisruptionBudgets.Get(key) is not { IsDeleting: false } budget)
        {
            return null;
        }

        ImmutableArray<KubeObject> pods = [.. tools.Cluster.Pods.All(key.Namespace)
            .Where(pod => !PodFacts.IsFinished(pod) && LabelSelector.Matches(budget.Spec.At("selector"), pod.Labels))];
        DisruptionBudget now = DisruptionBudget.Of(budget.Spec, Expected(pods), pods.Count(pod => PodFacts.IsReady(pod) && !pod.IsDeleting));
        JsonObject condition = now.Allowed > 0
            ? Conditions.Write(budget, "DisruptionAllowed", "True", "SufficientPods", "", tools.Now)
            : Conditions.Write(budget, "DisruptionAllowed", "False", "InsufficientPods", "", tools.Now);
        condition["observedGeneration"] = budget.Generation;
        JsonObject status = new()
        {
            ["observedGeneration"] = budget.Generation,
            ["expectedPods"] = now.Expected,
            ["currentHealthy"] = now.Healthy,
            ["desiredHealthy"] = now.Desired,
            ["disruptionsAllowed"] = now.Allowed,
            ["conditions"] = new JsonArray(condition),
        };
        JsonObject evicted = Evicted(budget, pods);
        if (evicted.Count > 0)
        {
            status["disruptedPods"] = evicted;
        }

        await tools.Cluster.PatchStatusAsync(Kinds.PodDisruptionBudget, budget, status, ct);
        return null;
    }

    /// <summary>What the eviction left in status for pods that are on their way out is removed: they no longer count as healthy.</summary>
    private static JsonObject Evicted(KubeObject budget, ImmutableArray<KubeObject> pods)
    {
        JsonObject removed = [];
        foreach (string name in budget.Status.Members("disruptedPods").Select(m => m.Name))
        {
            if (pods.All(pod => pod.Name != name || pod.IsDeleting))
            {
                removed[name] = null;
            }
        }

        return removed;
    }

    /// <summary>The replicas that the pods' controllers ask for; pods without a controller count as themselves.</summary>
    private int Expected(ImmutableArray<KubeObject> pods) =>
        pods.GroupBy(pod => pod.OwnerUid ?? pod.Uid).Select(Top).Where(top => top is not null).DistinctBy(top => top!.Uid).Sum(top => top!.Spec.Number("replicas", 1))
        + pods.GroupBy(pod => pod.OwnerUid ?? pod.Uid).Where(group => Top(group) is null).Sum(group => group.Count());

    private KubeObject? Top(IGrouping<string, KubeObject> pods)
    {
        KubeObject pod = pods.First();
        NamespacedName owner = new(pod.Namespace, pod.OwnerName ?? "");
        if (pod.OwnerKind == "StatefulSet")
        {
            return tools.Cluster.StatefulSets.Get(owner);
        }

        KubeObject? set = pod.OwnerKind == "ReplicaSet" ? tools.Cluster.ReplicaSets.Get(owner) : null;
        return set?.OwnerName is { } deployment ? tools.Cluster.Deployments.Get(new NamespacedName(pod.Namespace, deployment)) ?? set : set;
    }
}
