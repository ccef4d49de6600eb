using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class DeletionTests
{
    [Fact]
    public async Task A_request_is_held_from_before_its_first_change_until_its_end_is_recorded()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        waiting.Metadata.Finalizers.Should().BeEmpty("what has changed nothing may go at any time");

        await world.AnnotateAsync(waiting, AnnotationNames.Approved, "ann");
        (await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Intended }])).Metadata.Finalizers.Should().Contain(FinalizerNames.Remediation);
        await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.SignalAsync(SignalState.Resolved);
        await world.RequestAsync(static r => r.Status?.Outcome == RemediationOutcome.Succeeded && r.Metadata.Finalizers.IsEmpty);
    }

    [Fact]
    public async Task A_request_that_runs_by_itself_is_made_with_its_hold_and_costs_no_write_for_it_before_its_end()
    {
        // What passes within two seconds is not written (PassingStep): on this clock they are twenty, and enough on a busy machine.
        FastClock slow = new(0.1);
        await using RemediationWorld world = await RemediationWorld.StartAsync(clock: slow);
        using KubeClient connection = world.NewClient();
        NotingClient noting = new(connection);
        await using (RunningOperator running = await world.OperatorAsync(noting, slow))
        {
            await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
            await world.SignalAsync(SignalState.Resolved);
            await world.RequestAsync(static r => r.Status?.Outcome == RemediationOutcome.Succeeded && r.Metadata.Finalizers.IsEmpty);
            await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
        }

        noting.Writes.Where(static w => w.Contains("remediationrequests", StringComparison.Ordinal) || w.Contains("deployments", StringComparison.Ordinal)).Should().Equal(
            "Create remediationrequests", "Apply remediationrequests/status", "Patch deployments", "Apply remediationrequests/status", "Apply remediationrequests/status",
            "Patch remediationrequests");
        noting.Writes.Count(static w => w == "Apply incidents/status").Should().Be(2, "its remediation is under way, and it is over");
    }

    [Fact]
    public async Task A_request_that_has_to_wait_is_not_held_and_is_held_again_before_its_change()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { Suspended = true, SuspendedReason = "ask Ann" });
        NotingClient noting = new(world.Client);
        await using RunningOperator running = await world.OperatorAsync(noting);
        RemediationRequest blocked = await world.RequestAsync(static r => r.Status?.Stage == "Blocked");
        noting.Writes.Should().Contain("Create remediationrequests").And.NotContain("Patch remediationrequests", "its gates were judged when it was planned, so that it was never held");
        blocked.Spec.Level.Should().Be(RemediationLevel.L1);
        blocked.Metadata.Finalizers.Should().BeEmpty("what has changed nothing may go at any time");

        await world.SetPolicyAsync(new() { ["suspended"] = false });
        (await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Intended }])).Metadata.Finalizers.Should().Contain(FinalizerNames.Remediation);
    }

    [Fact]
    public async Task A_request_deleted_after_its_change_takes_it_back_tells_the_incident_and_goes()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(MorePods);
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest changed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.DeleteAsync(RemediationRequest.Type, NamespacedName.Of(changed.Metadata));
        await world.GoneAsync(changed);

        ((int)(await world.DeploymentAsync())["spec"]!["replicas"]!).Should().Be(4);
        (await world.GenerationAsync()).Should().Be(3, "one change and one change back");
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        incident.Status!.Remediations.Should().ContainSingle().Which.Should().BeEquivalentTo(new { changed.Metadata.Name, Outcome = RemediationOutcome.TakenBack });
        incident.Status.Timeline.Should().Contain(e => e.Reason == "TakenBack" && e.Message.Contains("was deleted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_human_took_back_keeps_the_incident_open_and_is_made_again_only_after_approval()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { Limits = new() { Cooldown = RemediationWorld.Milliseconds(0) } });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest changed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        changed.Spec.Level.Should().Be(RemediationLevel.L1);
        await world.DeleteAsync(RemediationRequest.Type, NamespacedName.Of(changed.Metadata));
        await world.GoneAsync(changed);
        (await world.ImageAsync()).Should().Be("web:2", "it was taken back");

        // The fix had silenced the signal for the moment.
        await world.SignalAsync(SignalState.Resolved);
        Incident silent = await world.IncidentAsync(static i => i.Status is { Stage: "Escalated" } s && s.NextStep!.Contains("no signal fires now", StringComparison.Ordinal));
        silent.Status!.NextStep.Should().Contain("the change of runbook undo was taken back");

        // Whoever took it back closes the incident, and the trouble is there still.
        await world.CloseAsync("wanted so");
        await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
        NamespacedName next = new("shop", "web-crash-2");
        await world.OpenIncidentAsync(next, silent.Spec.Target, silent.Spec.Target, Causes.BadRollout);
        RemediationRequest again = await world.RequestAsync(r => r.Spec.Incident.Name == next.Name && r.Status?.Stage is "AwaitingApproval");
        again.Spec.Level.Should().Be(RemediationLevel.L2);
        again.Spec.LevelReasons.Should().Contain(static r => r.StartsWith("what this runbook last changed of the target was undone", StringComparison.Ordinal));
        (await world.ImageAsync()).Should().Be("web:2");
    }

    [Fact]
    public async Task A_deletion_that_leaves_the_change_tells_so_on_target_and_incident_and_it_is_not_made_again()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { OnFailure = FailureAction.Escalate });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest changed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.DeleteAsync(RemediationRequest.Type, NamespacedName.Of(changed.Metadata));
        await world.GoneAsync(changed);

        await running.Events.TellsAsync("Deployment", "Orphaned", world.Patience);
        await running.Events.TellsAsync("RemediationRequest", "Orphaned", world.Patience);
        Incident incident = await world.IncidentAsync(static i => i.Status is { Stage: "Escalated" } s && s.NextStep!.Contains("not tried twice", StringComparison.Ordinal));
        incident.Status!.Timeline.Should().Contain(static e => e.Reason == "Orphaned");
        incident.Status.Remediations.Should().ContainSingle().Which.Outcome.Should().Be(RemediationOutcome.Orphaned);
        (await world.GenerationAsync()).Should().Be(2, "exactly one effect");
    }

    [Fact]
    public async Task The_mark_on_the_target_keeps_a_change_from_being_made_twice_even_when_all_records_are_gone()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest changed;
        await using (RunningOperator first = await world.OperatorAsync())
        {
            changed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        }

        // Somebody takes the finalizer away by hand, and the trouble is back: the same image, put there by the same hand.
        JsonObject free = new() { ["metadata"] = new JsonObject { ["finalizers"] = null } };
        await world.Client.PatchAsync(RemediationRequest.Type, NamespacedName.Of(changed.Metadata), Patch.Merge(free), world.Patience);
        await world.DeleteAsync(RemediationRequest.Type, NamespacedName.Of(changed.Metadata));
        await world.GoneAsync(changed);
        JsonObject broken = JsonNode.Parse(RemediationWorld.Good.Replace("web:1", "web:2", StringComparison.Ordinal))!.AsObject();
        await world.PatchDeploymentAsync(new() { ["spec"] = new JsonObject { ["template"] = broken } });

        await using RunningOperator second = await world.OperatorAsync();
        Incident incident = await world.IncidentAsync(static i => i.Status is { Stage: "Escalated" });
        incident.Status!.NextStep.Should().Contain("changed the target; its request was deleted; it is not tried twice");
        (await world.ImageAsync()).Should().Be("web:2");
        RemediationMark.Parse((string?)(await world.DeploymentAsync())["metadata"]!["annotations"]![AnnotationNames.LastRemediation])!.Step.Should().Be($"{changed.Metadata.Uid}/undo");
    }

    [Fact]
    public async Task An_incident_that_is_deleted_takes_its_request_along_and_the_change_is_taken_back()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(MorePods);
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest changed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.DeleteAsync(Incident.Type, RemediationWorld.IncidentKey);
        await world.GoneAsync(changed);

        ((int)(await world.DeploymentAsync())["spec"]!["replicas"]!).Should().Be(4);
        await running.Events.TellsAsync("Deployment", "RolledBack", world.Patience);
    }

    [Fact]
    public async Task A_change_is_taken_back_past_an_autoscaler()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest changed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.Client.ScaleAsync(RemediationWorld.Deployments, RemediationWorld.Web, 6, world.Patience, new WriteOptions { FieldManager = "kube-controller-manager" });
        await world.DeleteAsync(RemediationRequest.Type, NamespacedName.Of(changed.Metadata));
        await world.GoneAsync(changed);

        (await world.ImageAsync()).Should().Be("web:2", "as the inverse says");
        ((int)(await world.DeploymentAsync())["spec"]!["replicas"]!).Should().Be(6, "the replicas are the autoscaler's");
    }

    [Fact]
    public async Task A_namespace_that_is_deleted_is_not_held()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(MorePods);
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest changed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        running.IsNamespaceEnding = true;
        await world.DeleteAsync(new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster), new("", "shop"));
        await world.GoneAsync(changed);
        await running.Events.TellsAsync("RemediationRequest", "Orphaned", world.Patience);
        running.Events.All.Should().NotContain(("RemediationRequest", "RollingBack"));
    }

    private static RunbookSpec MorePods(RunbookSpec spec) =>
        spec with { Steps = [new() { Name = "more", Action = "SetReplicas", With = spec.Steps[0].With.Add("replicas", "5") }] };
}
