using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.DevServer.Simulation;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>The same, with a simulation that plays the cluster's controllers and kubelets: what they write is what is judged.</summary>
public sealed class SimulatedStoryTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("a new image that crashes", "sim.firstline.dev/crash-when", "image=*:2; exit=3; log=panic: unknown flag", "64Mi", "shop/web:2", Causes.BadRollout)]
    [InlineData("a new tag that does not exist", "sim.firstline.dev/unpullable-when", "image=*:2", "64Mi", "shop/web:2", Causes.BadRollout)]
    [InlineData("a memory limit that is too small from the start", "sim.firstline.dev/oom-when", "memory-limit<100Mi", "64Mi", "", Causes.OomKilled)]
    public async Task What_breaks_is_detected_and_its_cause_ranked_first(string what, string fault, string condition, string limit, string newImage, string cause)
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await using ClusterSimulation simulation = await ClusterSimulation.StartAsync(
            new SimulationOptions { Server = cluster.Server.Url, BearerToken = cluster.Server.Users[0].Token, Speed = 10, Nodes = 1 }, CancellationToken.None);
        await cluster.Client.CreateAsync(BuiltinTypes.Deployments, "shop", Encoding.UTF8.GetBytes(Deployment(fault, condition, limit)), CancellationToken.None);
        if (newImage.Length > 0)
        {
            await AvailableAsync(cluster);
            await cluster.Client.PatchAsync(BuiltinTypes.Deployments, new("shop", "web"), Patch.Strategic(Image(newImage)), CancellationToken.None);
        }

        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, what);

        incident.Spec.Target.ToString().Should().Be("Deployment/web", what);
        incident.Status!.Hypotheses[0].Should().Match<Hypothesis>(h => h.Cause == cause && h.ConfidencePercent >= 70, what);
    }

    private static async Task AvailableAsync(OperatorUnderTest cluster)
    {
        TaskCompletionSource available = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(cluster.Client, TimeProvider.System);
        informers.Get(new ResourceQuery(BuiltinTypes.Deployments), WorkloadProjection.For(BuiltinTypes.Deployments)).AddHandler(change =>
        {
            if (change.New is { IsHealthy: true, AvailablePods: > 0 })
            {
                available.TrySetResult();
            }
        });
        informers.Start(stop.Token);
        await available.Task.WaitAsync(Deadline);
        await stop.CancelAsync();
        await informers.StoppedAsync();
    }

    private static JsonObject Image(string image) =>
        (JsonObject)JsonNode.Parse($$$$$$"""{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"{{{{{{image}}}}}}"}]}}}}""")!;

    private static string Deployment(string fault, string condition, string limit) => $$$$$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
         "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},
          "template":{"metadata":{"labels":{"app":"web"},"annotations":{"{{{{{{fault}}}}}}":"{{{{{{condition}}}}}}"}},
           "spec":{"containers":[{"name":"app","image":"shop/web:1","resources":{"limits":{"memory":"{{{{{{limit}}}}}}"}}}]}}}}
        """;
}
