using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>Annotations that speak for an approver, put where others may write: on the runbook, the workload, its pod template, the incident. Only those on the request itself are read.</summary>
public sealed class SmugglingTests
{
    [Theory]
    [InlineData("the runbook")]
    [InlineData("the workload")]
    [InlineData("its pod template")]
    [InlineData("the incident")]
    [InlineData("the namespace")]
    public async Task An_approval_that_stands_elsewhere_approves_nothing(string place)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        JsonObject words = new()
        {
            [AnnotationNames.Approved] = "ann", [AnnotationNames.ApprovedGroups] = "admins", [AnnotationNames.Author] = "ann", [AnnotationNames.Answer] = "helped", [AnnotationNames.Paused] = "false",
        };
        await SmuggleAsync(world, place, words);
        await using RunningOperator running = await world.OperatorAsync();

        RemediationRequest waiting = await world.RequestAsync(static r => r.Status is { Stage: "AwaitingApproval", Preview: not null });

        waiting.Metadata.Annotations.Keys.Should().NotContain([AnnotationNames.Approved, AnnotationNames.ApprovedGroups, AnnotationNames.Answer], "nothing is copied from {0}", place);
        waiting.Status!.Approvals.Should().BeEmpty();
        (await world.ImageAsync()).Should().Be("web:2");

        await world.AnnotateAsync(waiting, AnnotationNames.Approved, "bob");
        RemediationRequest executed = await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
        executed.Status!.Approvals.Should().ContainSingle().Which.User.Should().Be("bob", "only what stands on the request counts");
    }

    [Fact]
    public async Task A_mark_in_the_pod_template_does_not_stand_for_a_change_that_was_made()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status is { Stage: "AwaitingApproval", Preview: not null });
        await SmuggleAsync(world, "its pod template", new() { [AnnotationNames.LastRemediation] = $"{waiting.Metadata.Uid}/undo at=2026-01-01T00:00:00Z incident=x runbook=y" });

        await world.AnnotateAsync(waiting, AnnotationNames.Approved, "ann");
        RemediationRequest ended = await world.RequestAsync(static r => r.Status?.Outcome is not null);

        (ended.Status!.Outcome, ended.Status.Steps.IsEmpty).Should().Be((RemediationOutcome.Stale, true), "the template was changed, and its mark says nothing");
    }

    [Theory]
    [InlineData("Annotate", "firstline.dev/approved")]
    [InlineData("Annotate", "firstline.dev/paused")]
    [InlineData("Annotate", "firstline.dev/last-remediation")]
    [InlineData("Label", "sub.firstline.dev/approved")]
    public async Task A_runbook_that_would_write_the_operators_own_words_is_not_used(string action, string key)
    {
        ImmutableSortedDictionary<string, string> with = ImmutableSortedDictionary<string, string>.Empty.Add("key", key).Add("value", "ann");
        await using RemediationWorld world = await RemediationWorld.StartAsync(s => s with { Steps = [new() { Name = "note", Action = action, With = with }] });
        await using RunningOperator running = await world.OperatorAsync();

        await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");

        (await world.GenerationAsync()).Should().Be(1);
        (await world.DeploymentAsync())["metadata"]!["annotations"].Should().BeNull();
    }

    private static Task<KubeResponse> SmuggleAsync(RemediationWorld world, string place, JsonObject words)
    {
        JsonObject metadata = new() { ["metadata"] = new JsonObject { ["annotations"] = words } };
        (ResourceType type, NamespacedName key) = place switch
        {
            "the runbook" => (Runbook.Type, new NamespacedName(RemediationWorld.OperatorNamespace, "undo")),
            "the incident" => (Incident.Type, RemediationWorld.IncidentKey),
            "the namespace" => (new ResourceType("", "v1", "Namespace", "namespaces", ResourceScope.Cluster), new NamespacedName("", "shop")),
            _ => (RemediationWorld.Deployments, RemediationWorld.Web),
        };
        JsonObject patch = place == "its pod template" ? new() { ["spec"] = new JsonObject { ["template"] = metadata } } : metadata;
        return world.Client.PatchAsync(type, key, Patch.Merge(patch), world.Patience);
    }
}
