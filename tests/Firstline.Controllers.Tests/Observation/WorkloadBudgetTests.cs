using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Tests.Remediation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Observation;

/// <summary>The PodDisruptionBudgets of a workload as the gates see them.</summary>
public sealed class WorkloadBudgetTests
{
    [Fact]
    public async Task Those_that_select_its_pods_are_its_budgets_with_the_room_that_they_leave()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        KubeResponse made = await world.Client.CreateAsync(
            BuiltinTypes.StatefulSets, "shop", Bytes("""{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"db"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"db"}},"template":{"metadata":{"labels":{"app":"db"}},"spec":{"containers":[{"name":"app","image":"db:1"}]}}}}"""), world.Patience);
        string uid = (string)made.ReadTree()["metadata"]!["uid"]!;
        await world.Client.CreateAsync(
            BuiltinTypes.Pods, "shop", Bytes($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"db-0","labels":{"app":"db"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"db","uid":"{{{uid}}}","controller":true}]},"spec":{"containers":[{"name":"app","image":"db:1"}]}}"""), world.Patience);
        foreach ((string name, string app) in new[] { ("its", "db"), ("another", "web") })
        {
            await world.Client.CreateAsync(
                BuiltinTypes.Budgets, "shop", Bytes("""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"NAME"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"APP"}}}}""".Replace("NAME", name, StringComparison.Ordinal).Replace("APP", app, StringComparison.Ordinal)), world.Patience);
        }

        JsonObject room = (JsonObject)JsonNode.Parse("""{"status":{"observedGeneration":1,"disruptionsAllowed":3,"desiredHealthy":1,"currentHealthy":4,"expectedPods":4}}""")!;
        await world.Client.PatchAsync(BuiltinTypes.Budgets, new("shop", "its"), Patch.Merge(room), world.Patience, new WriteOptions { Subresource = "status" });

        using CancellationTokenSource watching = new();
        SharedInformers informers = new(world.Client, TimeProvider.System);
        SituationSource situations = new(new ClusterCache(informers, new OperatorOptions(RemediationWorld.OperatorNamespace), TimeProvider.System));
        informers.Start(watching.Token);
        await informers.WaitForSyncAsync(world.Patience);
        Situation? seen = situations.Observe(new TargetRef { ApiVersion = "apps/v1", Kind = "StatefulSet", Namespace = "shop", Name = "db" });
        seen!.Budgets!.Value.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Ref = new { Name = "its" }, Allowed = 3 });
        await watching.CancelAsync();
        await informers.StoppedAsync();
    }

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
