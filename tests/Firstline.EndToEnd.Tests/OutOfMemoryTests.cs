using System.Net;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class OutOfMemoryTests : LoopTest
{
    private const string Checkout =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: checkout, namespace: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: checkout}}
          template:
            metadata:
              labels: {app: checkout}
              annotations: {sim.firstline.dev/oom-when: "memory-limit<300Mi; after=2s"}
            spec:
              containers: [{name: app, image: registry.example/checkout:1, resources: {limits: {memory: 256Mi}}}]
        """;

    [Fact]
    public async Task An_OOM_kill_waits_for_approval_is_counted_once_and_then_fixed()
    {
        await Loop.ApplyAsync(Checkout);
        RemediationRequest waiting = await Loop.WaitingAsync("checkout");
        DateTimeOffset firing = Loop.Now;
        (await Loop.AlertAsync(AlertmanagerBody.OomKilled(firing, null))).Should().Be(HttpStatusCode.Accepted);
        Incident counted = await Loop.IncidentAsync("checkout", "joined by the alert", static i => i.Status?.Signals.Any(static s => s.Source == IncidentSource.Alertmanager) == true);

        counted.Status!.Count.Should().BeGreaterThan(1, "the alert is the same trouble as the detector's finding");
        Loop.Incidents.All.Should().ContainSingle();
        waiting.Spec.Level.Should().Be(RemediationLevel.L2);
        waiting.Status!.NextStep.Should().Contain($"kubectl annotate remreq {waiting.Metadata.Name}");
        Loop.Workloads.All.Single().Generation.Should().Be(1, "nothing is changed without approval");

        await Loop.ApproveAsync(waiting, "alice");
        await Loop.HealthyAsync("checkout");
        await Loop.AlertAsync(AlertmanagerBody.OomKilled(firing, Loop.Now));
        await Loop.ResolvedAsync("checkout");

        RemediationRequest ended = Loop.Requests.All.Should().ContainSingle().Subject;
        (ended.Spec.Runbook.Name, ended.Status!.Outcome).Should().Be(("raise-memory-limit", RemediationOutcome.Succeeded));
        ended.Status.Approvals.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { User = "alice", PlanHash = waiting.Spec.PlanHash, Identity = ApprovalIdentity.Unverified });
        (await Loop.GetAsync(WorkloadView.Deployments, "checkout"))["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["limits"]!["memory"]!.ToString().Should().Be("384Mi");
    }
}
