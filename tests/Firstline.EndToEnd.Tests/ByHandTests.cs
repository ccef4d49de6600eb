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

        incident.Status.NextStep.Should().EndWith("kubectl annotate inc wrong-prices -n shop firstline.dev/resolved=\"<why>\"");
        await Loop.PatchAsync(Incident.Type, "wrong-prices", """{"metadata":{"annotations":{"firstline.dev/resolved":"prices were right"}}}""");
        Incident closed = await Loop.ResolvedAsync("catalog");
        closed.Status!.Timeline.Should().Contain(static e => e.Reason == "ClosedByHand" && e.Message.Contains("prices were right", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_incident_by_hand_on_an_object_of_another_namespace_sees_nothing_of_it_and_takes_nothing_from_it()
    {
        await Loop.ApplyAsync("apiVersion: v1\nkind: Namespace\nmetadata: {name: eve}");
        await Loop.ApplyAsync(
            """
            apiVersion: firstline.dev/v1alpha1
            kind: Incident
            metadata: {name: curious, namespace: eve}
            spec:
              summary: Let me see.
              target: {kind: Deployment, name: pay, namespace: shop}
            """);
        Incident curious = await Loop.IncidentAsync("pay", "escalated", static i => i.Metadata.Namespace == "eve" && IncidentTeller.Is(i.Status, ConditionTypes.Escalated));
        curious.Status!.Conditions.Should().Contain(static c => c.Type == ConditionTypes.Diagnosed && c.Reason == "TargetOutsideNamespace");

        await Loop.ApplyAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: pay, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: pay}}
              template:
                metadata:
                  labels: {app: pay}
                  annotations: {sim.firstline.dev/crash-when: "image=*/pay:1"}
                spec: {containers: [{name: app, image: registry.example/pay:1}]}
            """);
        Incident own = await Loop.IncidentAsync("pay", "left to humans", static i => i.Metadata.Namespace == Loop.Namespace && i.Status?.Stage is "AwaitingApproval" or "Escalated");

        own.Status!.Evidence.Should().NotBeEmpty();
        Incident after = Loop.Incidents.All.Single(static i => i.Metadata.Name == "curious");
        after.Status!.Signals.Should().ContainSingle("the detectors' findings are none of its business");
        after.Status.Evidence.Should().NotContain(static e => e.Kind != EvidenceKind.Signal);
        Loop.Requests.All.Should().NotContain(static r => r.Metadata.Namespace == "eve");
    }

    // Before the trouble begins, so that what the forged incident holds stands in the way of what is found later.
    [Theory]
    [InlineData("Alertmanager")]
    [InlineData("Detector")]
    public async Task An_incident_in_another_namespace_that_says_it_is_a_finding_hides_no_trouble(string source)
    {
        await Loop.ApplyAsync("apiVersion: v1\nkind: Namespace\nmetadata: {name: eve}");
        await Loop.ApplyAsync(
            $$"""
            apiVersion: firstline.dev/v1alpha1
            kind: Incident
            metadata: {name: blindfold, namespace: eve}
            spec:
              source: {{source}}
              signal: CrashLoop
              target: {apiVersion: apps/v1, kind: Deployment, namespace: shop, name: pay}
            """);
        await Loop.IncidentAsync("pay", "kept", static i => i.Metadata.Namespace == "eve" && i.Status?.Signals.IsEmpty == false);
        await Loop.ApplyAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: pay, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: pay}}
              template:
                metadata:
                  labels: {app: pay}
                  annotations: {sim.firstline.dev/crash-when: "image=*/pay:1"}
                spec: {containers: [{name: app, image: registry.example/pay:1}]}
            """);

        Incident own = await Loop.IncidentAsync("pay", "found", static i => i.Metadata.Namespace == Loop.Namespace && i.Status is { Evidence.IsEmpty: false });

        own.Status!.Signals.Should().Contain(static s => s.Name == "CrashLoop" && s.State == SignalState.Firing && s.Fingerprint == "CrashLoop/apps/Deployment/shop/pay");
        Loop.Incidents.All.Should().HaveCount(2, "one cause has one incident beside the forged one");
        Loop.Incidents.All.Single(static i => i.Metadata.Name == "blindfold").Status!.Signals.Should().ContainSingle().Which.Fingerprint.Should().StartWith("spec/");
    }

    [Fact]
    public async Task An_incident_by_hand_on_a_pod_of_a_workload_in_trouble_is_left_to_the_workloads_incident_and_ends_with_it()
    {
        await Loop.ApplyAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: cart}}
              template:
                metadata:
                  labels: {app: cart}
                  annotations: {sim.firstline.dev/crash-when: "image=*/cart:1"}
                spec: {containers: [{name: app, image: registry.example/cart:1}]}
            """);
        Incident detected = await Loop.IncidentAsync("cart", "left to humans", static i => i.Status?.Stage is "AwaitingApproval" or "Escalated");
        string pod = Loop.Pods.All.Single(static p => p.Key.Name.StartsWith("cart-", StringComparison.Ordinal)).Key.Name;

        await Loop.ApplyAsync(
            $$"""
            apiVersion: firstline.dev/v1alpha1
            kind: Incident
            metadata: {name: cart-is-slow, namespace: shop}
            spec: {summary: The cart is slow., target: {kind: Pod, name: {{pod}} } }
            """);
        Incident attached = await Loop.IncidentAsync(pod, "left to the other", static i => IncidentTeller.Is(i.Status, ConditionTypes.Attached));
        await Loop.SetImageAsync("cart", "registry.example/cart:2");
        Incident over = await Loop.IncidentAsync(pod, "over", static i => IncidentTeller.Is(i.Status, ConditionTypes.Resolved));

        attached.Status!.Parent!.Name.Should().Be(detected.Metadata.Name);
        over.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Resolved).Reason.Should().Be("ParentResolved");
        Loop.Incidents.All.Should().HaveCount(2);
        Loop.Requests.All.Where(r => r.Spec.Incident.Name == "cart-is-slow").Should().BeEmpty("one cause is remedied once");
    }
}
