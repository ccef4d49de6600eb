using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

public sealed class ByHandTests : LoopTest
{
    [Fact]
    public async Task An_incident_opened_by_hand_without_a_runbook_goes_to_humans_visibly()
    {
        await Loop.ApplyAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: catalog, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: catalog}}
              template:
                metadata: {labels: {app: catalog}}
                spec: {containers: [{name: app, image: registry.example/catalog:1}]}
            """);
        await Loop.HealthyAsync("catalog");
        await Loop.ApplyAsync(
            """
            apiVersion: firstline.dev/v1alpha1
            kind: Incident
            metadata: {name: wrong-prices, namespace: shop}
            spec:
              summary: Prices are wrong.
              severity: SEV2
              target: {kind: Deployment, name: catalog}
            """);

        Incident incident = await Loop.IncidentAsync("catalog", "escalated", static i => IncidentTeller.Is(i.Status, ConditionTypes.Escalated));

        incident.Status!.Level.Should().Be(RemediationLevel.L3);
        incident.Status.Severity.Should().Be(Severity.SEV2, "a human decided it");
        incident.Status.NextStep.Should().NotBeNullOrEmpty();
        incident.Status.Conditions.Should().NotContain(static c => c.Type == ConditionTypes.Resolved && c.Status == ConditionStatus.True);
        incident.Status.Timeline.Should().Contain(static e => e.By == FieldManagers.Planning);
        Loop.Requests.All.Should().BeEmpty();
    }
}
