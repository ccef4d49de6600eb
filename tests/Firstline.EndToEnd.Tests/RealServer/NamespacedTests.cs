using System.Collections.Immutable;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>An operator of some namespaces alone, with a Role in each of them instead of one for the cluster.</summary>
[Collection(RealServerCollection.Name)]
public sealed class NamespacedTests(NamespacedFixture server, ITestOutputHelper output) : IClassFixture<NamespacedFixture>
{
    private const string Breaks = "sim.firstline.dev/crash-when: 'image=*/web:2; log=panic: no PAYMENTS_URL'";

    [SkippableFact]
    public async Task It_undoes_a_bad_rollout_in_its_namespace_and_neither_sees_nor_may_see_another()
    {
        server.Require();
        await using Scene own = await Scene.OpenAsync(server, server.Second);
        await using Scene other = await Scene.OpenAsync(server);
        await own.TrustAsync("undo-bad-rollout", "alice");
        foreach (Scene scene in (Scene[])[other, own])
        {
            await scene.Kubectl.RunAsync("apply -f -", Workload.Of("web", 3, Breaks));
            await scene.HealthyAsync("web");
            await scene.Kubectl.RunAsync("set image deployment/web app=registry.example/web:2");
        }

        await other.Workloads.UntilAsync("Deployment/web broken", static w => !w.IsHealthy, TimeSpan.FromSeconds(60), CancellationToken.None);
        await own.ResolvedAsync("web");

        await own.SucceededAsync("web");
        own.Refused().Should().BeEmpty();
        other.Incidents.All.Should().BeEmpty();
        (await other.Kubectl.RunAsync("get deployment web -o jsonpath={.spec.template.spec.containers[0].image}")).Should().Be("registry.example/web:2");
        ImmutableArray<AuditedRequest> asked = server.Audit.Since(server.Began);
        output.WriteLine(Tally.Of(asked));
        asked.Where(static r => r.Code == 403).Should().BeEmpty();
        asked.Select(static r => r.Namespace).Distinct().Should().BeSubsetOf(["", server.First, server.Second, "firstline-system"]);
        asked.Where(static r => r.Namespace.Length == 0 && r.Resource.Length > 0).Select(static r => r.Resource).Distinct().Should().BeSubsetOf(
            ["namespaces", "remediationpolicies", "validatingadmissionpolicies", "validatingadmissionpolicybindings"]);
        asked.Where(static r => r.Resource == "namespaces").Should().OnlyContain(static r => r.Uri.Contains("fieldSelector=metadata.name%3D", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Its_rights_end_at_its_namespaces_and_it_says_at_start_what_it_does_not_see()
    {
        server.Require();
        Kubectl kubectl = new(server.Kubeconfig, "");

        await MayAsync(kubectl, $"list pods -n {server.First}", "yes");
        await MayAsync(kubectl, $"patch deployments.apps -n {server.Second}", "yes");
        await MayAsync(kubectl, $"watch namespaces/{server.First}", "yes");
        await MayAsync(kubectl, "list runbooks.firstline.dev -n firstline-system", "yes");
        await MayAsync(kubectl, "list pods -n default", "no");
        await MayAsync(kubectl, "list pods -A", "no");
        await MayAsync(kubectl, "watch namespaces", "no");
        await MayAsync(kubectl, "get nodes", "no");
        await MayAsync(kubectl, "patch deployments.apps -n firstline-system", "no");
        await MayAsync(kubectl, "list incidents.firstline.dev -n firstline-system", "no");
        server.Log.Should().Contain(
            $"Watching only the namespaces {server.First}, {server.Second}, and the runbooks of firstline-system. Not seen: every other namespace, nodes and the other objects of the cluster; alerts about those are left out");
    }

    private static async Task MayAsync(Kubectl kubectl, string what, string expected) =>
        (await kubectl.AnswerAsync($"auth can-i {what}", RealServerFixture.OperatorUser)).Split('\n').Should().Contain(expected, "the operator and: {0}", what);
}
