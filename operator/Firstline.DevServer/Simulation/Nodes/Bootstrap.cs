using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Nodes;

/// <summary>Makes what every cluster has: its first namespaces and its nodes.</summary>
internal sealed class Bootstrap(Cluster cluster, SimulationOptions options)
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", NodeReconciler.LeaseNamespace];

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (string name in Namespaces.Where(name => cluster.Namespaces.Get(new NamespacedName("", name)) is null))
        {
            await CreateAsync(Kinds.Namespace, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }, ct);
        }

        for (int number = 1; number <= options.Nodes; number++)
        {
            NamespacedName key = new("", NodeTemplate.NameOf(number));
            KubeObject? node = cluster.Nodes.Get(key) ?? await CreateAsync(Kinds.Node, NodeTemplate.Build(number), ct) ?? cluster.Nodes.Get(key);
            if (node is not null && node.Status.At("allocatable").IsMissing())
            {
                JsonObject status = NodeTemplate.Status(number, options.NodeCpu, options.NodeMemoryGiB, options.Clock.GetUtcNow());
                await cluster.PatchStatusAsync(Kinds.Node, node, status, ct);
            }
        }
    }

    private async Task<KubeObject?> CreateAsync(ResourceType type, JsonObject body, CancellationToken ct)
    {
        try
        {
            return await cluster.CreateAsync(type, "", body, ct);
        }
        catch (ApiException exists) when (exists.IsAlreadyExists)
        {
            return null;
        }
    }
}
