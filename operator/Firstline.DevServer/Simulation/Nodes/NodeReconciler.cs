using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Kubelet;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Nodes;

/// <summary>Renews the Lease of each simulated node every ten seconds, which is how a node says that it lives.</summary>
internal sealed class NodeReconciler(ControllerTools tools) : IReconciler
{
    public const string LeaseNamespace = "kube-node-lease";
    private const int LeaseSeconds = 40;
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _renewed = new();

    public string Name => "node";

    public IEnumerable<Trigger> Triggers => [Trigger.Self(tools.Cluster.Nodes)];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.Nodes.Get(key) is not { } node || !NodeNames.IsSimulated(node))
        {
            return null;
        }

        TimeSpan left = _renewed.GetValueOrDefault(node.Uid) + Renewal - tools.Now;
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        await RenewAsync(node, ct);
        _renewed[node.Uid] = tools.Now;
        return Renewal;
    }

    private async Task RenewAsync(KubeObject node, CancellationToken ct)
    {
        string now = tools.Now.ToMicroTimestamp();
        JsonObject renewal = new() { ["spec"] = new JsonObject { ["renewTime"] = now } };
        if (await tools.Cluster.PatchUnseenAsync(Kinds.Lease, new NamespacedName(LeaseNamespace, node.Name), renewal, ct))
        {
            return;
        }

        JsonObject lease = new()
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = node.Name,
                ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = node.Name, ["uid"] = node.Uid }),
            },
            ["spec"] = new JsonObject { ["holderIdentity"] = node.Name, ["leaseDurationSeconds"] = LeaseSeconds, ["renewTime"] = now },
        };
        await tools.Cluster.CreateAsync(Kinds.Lease, LeaseNamespace, lease, ct);
    }
}
