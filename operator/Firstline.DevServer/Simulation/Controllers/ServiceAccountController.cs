using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Gives each namespace its ServiceAccount <c>default</c>.</summary>
internal sealed class ServiceAccountController(ControllerTools tools) : IReconciler
{
    private const string Default = "default";

    public string Name => "serviceaccount";

    public IEnumerable<Trigger> Triggers =>
    [
        new Trigger(tools.Cluster.Namespaces, ns => [new NamespacedName(ns.Name, Default)]),
        new Trigger(tools.Cluster.ServiceAccounts, account => account.Name == Default ? [account.Key] : []),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        KubeObject? ns = tools.Cluster.Namespaces.Get(new NamespacedName("", key.Namespace));
        bool isWanted = ns is { IsDeleting: false } && ns.Status.Text("phase") != "Terminating";
        if (!isWanted || tools.Cluster.ServiceAccounts.Get(key) is not null)
        {
            return null;
        }

        try
        {
            JsonObject account = new() { ["metadata"] = new JsonObject { ["name"] = Default } };
            await tools.Cluster.CreateAsync(Kinds.ServiceAccount, key.Namespace, account, ct);
        }
        catch (ApiException exists) when (exists.IsAlreadyExists)
        {
            return null;
        }

        return null;
    }
}
