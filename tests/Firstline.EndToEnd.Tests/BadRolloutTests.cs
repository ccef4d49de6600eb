using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class BadRolloutTests : LoopTest
{
    private const string Web =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 4
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
              annotations: {sim.firstline.dev/crash-when: "image=*/web:2"}
            spec:   # the probe keeps a pod that crashes from counting as rolled out
              containers: [{name: app, image: registry.example/web:1, readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}}]
        """;

    [Fact]
    public async Task A_bad_rollout_is_seen_undone_verified_and_resolved_without_a_human()
    {
        await Loop.ApplyAsync(Web);
        await Loop.HealthyAsync("web");
        await Loop.SetImageAsync("web", "registry.example/web:2");

        Incident incident = await Loop.ResolvedAsync("web");

        RemediationRequest request = Loop.Requests.All.Should().ContainSingle().Subject;
        request.Spec.Level.Should().Be(RemediationLevel.L1);
        request.Spec.Runbook.Name.Should().Be("undo-bad-rollout");
        request.Status!.Approvals.Should().BeEmpty();
        request.Status.Outcome.Should().Be(RemediationOutcome.Succeeded);
        request.Status.Verification!.Result.Should().Be(VerificationResult.Recovered);
        (await Loop.GetAsync(WorkloadView.Deployments, "web"))["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.ToString().Should().Be("registry.example/web:1");
        (await Loop.HealthyAsync("web")).Ready.Should().Be(4);
        Tells(incident);
        (await Loop.EventsAsync("Deployment", "web")).Should().Contain("Executed", "people look at the workload first");
    }

    private void Tells(Incident incident)
    {
        Loop.Incidents.All.Should().ContainSingle("five crashing pods are one incident");
        IncidentStatus status = incident.Status!;
        status.Hypotheses[0].Cause.Should().Be("BadRollout");
        status.Hypotheses[0].EvidenceFor.Should().NotBeEmpty().And.BeSubsetOf(status.Evidence.Select(static e => e.Id));
        status.Remediations.Should().ContainSingle().Which.Outcome.Should().Be(RemediationOutcome.Succeeded);
        new[] { ConditionTypes.Detected, ConditionTypes.Diagnosed, ConditionTypes.Permitted, ConditionTypes.Executed, ConditionTypes.Verified, ConditionTypes.Resolved }
            .Should().BeSubsetOf(status.Conditions.Select(static c => c.Type));
        IncidentClocks clocks = status.Clocks!;
        new[] { clocks.DetectedAt, clocks.DiagnosedAt, clocks.PlannedAt, clocks.ExecutedAt, clocks.ResolvedAt }.Should().NotContainNulls().And.BeInAscendingOrder();
    }
}
