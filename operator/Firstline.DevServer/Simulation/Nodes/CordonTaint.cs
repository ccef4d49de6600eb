using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Nodes;

/// <summary>Keeps the taint <c>node.kubernetes.io/unschedulable</c> in step with <c>kubectl cordon</c> and <c>uncordon</c>.</summary>
internal sealed class CordonTaint(ControllerTools tools) : IReconciler
{
    private const string Key = "node.kubernetes.io/unschedulable";

    public string Name => "cordon-taint";

    public IEnumerable<Trigger> Triggers => [Trigger.Self(tools.Cluster.Nodes)];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.Nodes.Get(key) is not { IsDeleting: false } node)
        {
            return null;
        }

        bool isTainted = node.Spec.Items("taints").Any(taint => taint.Text("key") == Key);
        if (isTainted == node.Spec.Flag("unschedulable"))
        {
            return null;
        }

        JsonArray taints = [];
        foreach (JsonElement other in node.Spec.Items("taints").Where(taint => taint.Text("key") != Key))
        {
            taints.Add((JsonNode?)JsonObject.Create(other));
        }

        if (!isTainted)
        {
            taints.Add((JsonNode)new JsonObject { ["key"] = Key, ["effect"] = "NoSchedule", ["timeAdded"] = tools.Now.ToTimestamp() });
        }

        await tools.Cluster.PatchAsync(Kinds.Node, node, new JsonObject { ["spec"] = new JsonObject { ["taints"] = taints.Count == 0 ? null : taints } }, ct);
        return null;
    }
}
