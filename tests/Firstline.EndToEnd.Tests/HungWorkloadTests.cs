using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class HungWorkloadTests : LoopTest
{
    private const string Search =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: search, namespace: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: search}}
          template:
            metadata:
              labels: {app: search}
              annotations: {sim.firstline.dev/hang-after: 20s}
            spec:
              containers:
              - name: app
                image: registry.example/search:1
                readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
        """;

    [Fact]
    public async Task A_hung_workload_is_restarted_and_answers_again()
    {
        await Loop.ApplyAsync(Search);
        await Loop.HealthyAsync("search");

        Incident incident = await Loop.ResolvedAsync("search");

        incident.Status!.Hypotheses[0].Cause.Should().BeOneOf("ReadinessProbeFailing", "LivenessProbeFailing");
        RemediationRequest request = Loop.Requests.All.Should().ContainSingle().Subject;
        (request.Spec.Runbook.Name, request.Status!.Outcome).Should().Be(("restart-hung-workload", RemediationOutcome.Succeeded));
        (await Loop.GetAsync(WorkloadView.Deployments, "search"))["spec"]!["template"]!["metadata"]!["annotations"]!["kubectl.kubernetes.io/restartedAt"].Should().NotBeNull();
        (await Loop.HealthyAsync("search")).Ready.Should().Be(3);
    }
}
