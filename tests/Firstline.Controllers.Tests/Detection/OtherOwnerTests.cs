using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Detection;

/// <summary>Pods whose controller is of a kind that the operator does not read.</summary>
public sealed class OtherOwnerTests
{
    [Theory]
    [InlineData("a custom resource", "postgresql.cnpg.io/v1", "Cluster", "Cluster/data")]
    [InlineData("a custom resource with the name of a built-in kind", "apps.kruise.io/v1beta1", "StatefulSet", "StatefulSet/data")]
    public async Task A_crashing_pod_opens_an_incident_on_what_controls_it(string owner, string apiVersion, string kind, string target)
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        await PodAsync(cluster, "data-1", Owner(apiVersion, kind, "data"));

        await cluster.SetStatusAsync(BuiltinTypes.Pods, "data-1", Workloads.CrashLooping());
        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "a diagnosed incident");

        incident.Spec.Target.ToString().Should().Be(target, owner);
        incident.Status!.Signals.Should().ContainSingle(owner).Which.Name.Should().Be("CrashLoop");
        incident.Status.Hypotheses[0].Resource!.ToString().Should().Be(target, owner);
    }

    [Fact]
    public async Task A_pod_of_a_kubelet_is_judged_by_itself_and_not_as_a_part_of_its_Node()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        KubeResponse node = await cluster.Client.CreateAsync(
            BuiltinTypes.Nodes, "", Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"}}"""), CancellationToken.None);
        await PodAsync(cluster, "proxy-n1", Workloads.Owner("v1", "Node", node.Header));

        await cluster.SetStatusAsync(BuiltinTypes.Pods, "proxy-n1", Workloads.CrashLooping());

        (await cluster.IncidentAsync(static _ => true, "an incident")).Spec.Target.ToString().Should().Be("Pod/proxy-n1");
    }

    [Fact]
    public async Task Several_pods_of_one_custom_resource_are_one_incident_that_says_what_is_not_known()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string owner = Owner("postgresql.cnpg.io/v1", "Cluster", "data");
        await PodAsync(cluster, "data-1", owner);
        await PodAsync(cluster, "data-2", owner);

        await cluster.SetStatusAsync(BuiltinTypes.Pods, "data-1", Workloads.CrashLooping());
        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "a diagnosed incident");
        await cluster.SetStatusAsync(BuiltinTypes.Pods, "data-2", Workloads.CrashLooping());
        await cluster.SetStatusAsync(BuiltinTypes.Pods, "data-1", Workloads.Running());
        await cluster.SetStatusAsync(BuiltinTypes.Pods, "data-2", Workloads.Running());
        await cluster.IncidentAsync(static i => i.Status?.Signals is [{ State: SignalState.Resolved }], "a resolved signal");

        incident.Status!.Evidence.Select(static e => e.Excerpt).Should().Contain(
            "Cluster/data (postgresql.cnpg.io/v1) controls 2 pods; Firstline does not read objects of its kind, and knows it by its pods alone");
        (await cluster.IncidentsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task The_revisions_of_a_custom_resource_that_makes_ReplicaSets_tell_of_a_bad_rollout()
    {
        await using OperatorUnderTest cluster = await OperatorUnderTest.StartAsync();
        string pod = await Workloads.RolloutAsync(cluster, "web", Owner("argoproj.io/v1alpha1", "Rollout", "web"));

        await cluster.SetStatusAsync(BuiltinTypes.Pods, pod, Workloads.CrashLooping());
        Incident incident = await cluster.IncidentAsync(static i => i.Status?.Hypotheses.IsEmpty == false, "a diagnosed incident");

        incident.Spec.Target.ToString().Should().Be("Rollout/web");
        incident.Status!.Hypotheses[0].Should().Match<Hypothesis>(static h => h.Cause == "BadRollout" && !(h.NextStep ?? "").Contains("rollout undo"));
    }

    private static string Owner(string apiVersion, string kind, string name) => new JsonObject
    {
        ["apiVersion"] = apiVersion, ["kind"] = kind, ["name"] = name, ["uid"] = "5f1c0a52-0000-4000-8000-000000000001", ["controller"] = true,
    }.ToJsonString();

    private static Task<ResourceHeader> PodAsync(OperatorUnderTest cluster, string name, string owner) => cluster.CreateAsync(BuiltinTypes.Pods, $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","ownerReferences":[{{{owner}}}]},
         "spec":{"containers":[{"name":"app","image":"shop/web:2"}]},"status":{{{Workloads.Running()}}}}
        """);
}
