using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

public sealed class RemediationTests
{
    [Fact]
    public async Task L1_is_carried_out_verified_and_resolved_without_a_human()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest executed = await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.SignalAsync(SignalState.Resolved);
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");

        (await world.ImageAsync()).Should().Be("web:1");
        (await world.GenerationAsync()).Should().Be(2, "exactly one change");
        JsonNode deployment = await world.DeploymentAsync();
        RemediationMark mark = RemediationMark.Parse((string?)deployment["metadata"]!["annotations"]![AnnotationNames.LastRemediation])!;
        mark.Step.Should().Be($"{executed.Metadata.Uid}/undo");
        mark.At.Should().BeCloseTo(executed.Status!.Steps[0].IntendedAt!.Value, TimeSpan.FromSeconds(1));
        (mark.Incident, mark.Runbook).Should().Be((incident.Metadata.Uid!, $"{RemediationWorld.OperatorNamespace}/undo"));
        executed.Metadata.OwnerReferences.Should().ContainSingle().Which.Uid.Should().Be(incident.Metadata.Uid);
        incident.Status!.Level.Should().Be(RemediationLevel.L1);
        incident.Status.Timeline.Select(e => e.Reason).Should().Contain([Reasons.Planned, Reasons.Executed, "Recovered", "Succeeded", Reasons.Remediated]);
        incident.Status.Clocks!.ResolvedAt.Should().NotBeNull();
        incident.Status.Hypotheses.Should().ContainSingle("what diagnosis wrote stays");
        await running.Events.TellsAsync("Deployment", Reasons.Executed, world.Patience);
        await running.Events.TellsAsync("RemediationRequest", Reasons.Executed, world.Patience);
        await running.Events.TellsAsync("Incident", Reasons.Planned, world.Patience);
    }

    [Fact]
    public async Task L2_changes_nothing_until_a_human_approves()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        await world.IncidentAsync(static i => i.Status is { Stage: "AwaitingApproval" } s && s.NextStep!.Contains("kubectl annotate remreq", StringComparison.Ordinal));
        (await world.ImageAsync()).Should().Be("web:2");

        await world.AnnotateAsync(waiting, AnnotationNames.Approved, "ann");
        RemediationRequest executed = await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
        (await world.ImageAsync()).Should().Be("web:1");
        executed.Status!.Approvals.Should().ContainSingle().Which.Should().BeEquivalentTo(new { User = "ann", executed.Spec.PlanHash, Identity = ApprovalIdentity.Unverified });
        await world.SignalAsync(SignalState.Resolved);
        await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
    }

    [Fact]
    public async Task The_end_of_a_Job_that_a_step_made_is_seen_by_its_watch()
    {
        RunbookStep job = new() { Name = "run", Action = "RunJob", With = ImmutableSortedDictionary<string, string>.Empty.Add("image", "tool:1") };
        await using RemediationWorld world = await RemediationWorld.StartAsync(s => s with { Level = RemediationLevel.L2, Steps = [job] });
        using LookedAtClient client = new(world.NewClient(), "Job");
        await using RunningOperator running = await world.OperatorAsync(client);
        await world.AnnotateAsync(await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval"), AnnotationNames.Approved, "ann");
        RemediationRequest under = await world.RequestAsync(static r => r.Status?.Steps is [{ StartedAt: not null }]);
        await world.IncidentAsync(static i => i.Status?.Stage == "Executing");

        // The last look that has another reason than the Job's end.
        Task looked = client.NextLook();
        await world.AnnotateAsync(under, "example.com/look", "now");
        await looked.WaitAsync(world.Patience);
        const string Complete = """{"status":{"succeeded":1,"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:00:09Z","conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}]}}""";
        NamespacedName made = new("shop", under.Spec.Plan.Steps[0].Forward[0].Target.Name);
        await world.Client.PatchAsync(BuiltinTypes.Jobs, made, Patch.Merge((JsonObject)JsonNode.Parse(Complete)!), world.Patience, new WriteOptions { Subresource = "status" });
        (await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }])).Status!.Steps[0].Message.Should().EndWith("succeeded");
    }

    [Fact]
    public async Task An_approval_that_nobody_vouches_for_does_not_count()
    {
        RemediationPolicySpec strict = RemediationWorld.Policy with { Approvals = new() { AllowUnverified = false } };
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 }, strict);
        await using RunningOperator running = await world.OperatorAsync();
        await world.AnnotateAsync(await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval"), AnnotationNames.Approved, "ann");
        RemediationRequest refused = await world.RequestAsync(static r => r.Status?.Approval == GateReasons.ApproverUnverified);
        refused.Status!.Steps.Should().BeEmpty();
        (await world.ImageAsync()).Should().Be("web:2");
    }

    [Fact]
    public async Task Rejection_leaves_the_workload_alone_and_hands_over()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        await world.AnnotateAsync(await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval"), AnnotationNames.Rejected, "not now");
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        incident.Status!.Conditions.Single(c => c.Type == ConditionTypes.Escalated).Reason.Should().Be(Reasons.RemediationRejected);
        incident.Status.Level.Should().Be(RemediationLevel.L3);
        (await world.GenerationAsync()).Should().Be(1);
    }

    [Fact]
    public async Task An_autoscaler_that_moves_replicas_during_verification_is_nobody_who_changed_the_target()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await using RunningOperator running = await world.OperatorAsync();
        await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.Client.ScaleAsync(RemediationWorld.Deployments, RemediationWorld.Web, 6, world.Patience, new WriteOptions { FieldManager = "kube-controller-manager" });
        await world.SignalAsync(SignalState.Resolved);
        (await world.RequestAsync(static r => r.Status?.Outcome is not null)).Status!.Outcome.Should().Be(RemediationOutcome.Succeeded);
        (await world.GenerationAsync()).Should().Be(3, "one change of ours, one of the autoscaler's");
    }

    [Fact]
    public async Task An_incident_closed_by_hand_withdraws_the_request_that_waits_for_approval()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        await world.CloseAsync("a drill");
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");

        incident.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Resolved).Message.Should().Be("closed by hand: a drill");
        incident.Status.Remediations.Should().ContainSingle().Which.Outcome.Should().Be(RemediationOutcome.Cancelled);
        await running.Events.TellsAsync("Incident", Reasons.ClosedByHand, world.Patience);
        (await world.GenerationAsync()).Should().Be(1);
    }

    [Fact]
    public async Task An_incident_closed_by_hand_while_its_target_is_changed_closes_when_that_is_finished()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await using RunningOperator running = await world.OperatorAsync();
        await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.CloseAsync("it is me");
        await world.SignalAsync(SignalState.Resolved);
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
        incident.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Resolved).Reason.Should().Be(Reasons.ClosedByHand);
        incident.Status.Remediations.Should().ContainSingle().Which.Outcome.Should().Be(RemediationOutcome.Succeeded);
    }

    [Fact]
    public async Task A_closed_gate_escalates_visibly_and_goes_on_when_it_opens()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { Protected = new() { Namespaces = ["shop"] } });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest blocked = await world.RequestAsync(static r => r.Status?.Stage == "Blocked");
        blocked.Status!.Gate.Should().Be("ProtectedNamespace");
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        incident.Status!.NextStep.Should().Contain("nothing is changed in namespace shop");

        await world.SetPolicyAsync(new() { ["protected"] = null });
        await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
        await world.IncidentAsync(static i => i.Status?.Conditions.Any(static c => c is { Type: ConditionTypes.Escalated, Status: ConditionStatus.False }) == true);
    }

    [Fact]
    public async Task The_kill_switch_tells_the_incident_what_it_waits_for_and_calls_nobody_at_once()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(policy: RemediationWorld.Policy with { Suspended = true, SuspendedReason = "ask Ann" });
        await using RunningOperator running = await world.OperatorAsync();
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Blocked");
        Condition escalated = incident.Status!.Conditions.Single(static c => c.Type == ConditionTypes.Escalated);
        (escalated.Status, escalated.Reason).Should().Be((ConditionStatus.False, Reasons.WaitsShortly));
        incident.Status.NextStep.Should().Contain("ask Ann").And.Contain("To let changes go on: kubectl patch rempol default");

        await world.SetPolicyAsync(new() { ["suspended"] = false });
        await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
    }

    [Fact]
    public async Task An_autoscaler_that_moves_the_replicas_while_a_request_waits_for_approval_makes_no_plan_stale()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest waiting = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        waiting.Spec.PlanHash.Should().Be(PlanHash.Of(waiting.Spec.Plan));
        await world.Client.ScaleAsync(RemediationWorld.Deployments, RemediationWorld.Web, 6, world.Patience, new WriteOptions { FieldManager = "kube-controller-manager" });
        (await world.GenerationAsync()).Should().BeGreaterThan(waiting.Spec.Plan.TargetGeneration);

        await world.AnnotateAsync(waiting, AnnotationNames.Approved, "ann");
        RemediationRequest changed = await world.RequestAsync(static r => r.Status?.Steps is [{ State: StepState.Applied }]);
        changed.Metadata.Uid.Should().Be(waiting.Metadata.Uid, "it is the plan that was approved");
        (await world.ImageAsync()).Should().Be("web:1");
        ((int)(await world.DeploymentAsync())["spec"]!["replicas"]!).Should().Be(6, "the replicas are the autoscaler's");
    }

    [Fact]
    public async Task No_runbook_escalates_with_what_was_considered()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Match = s.Match with { Causes = ["OOMKilled"] } });
        await using RunningOperator running = await world.OperatorAsync();
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        incident.Status!.Conditions.Single(c => c.Type == ConditionTypes.Escalated).Message.Should().Contain("runbook undo is for OOMKilled, not for BadRollout");
    }

    [Fact]
    public async Task An_incident_whose_cause_has_an_incident_of_its_own_plans_nothing_and_ends_with_its_signals()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Match = s.Match with { Causes = [Causes.BadRollout, Causes.MisconfiguredAppConfig] } });
        NamespacedName first = new("shop", "config-drift");
        NamespacedName second = new("shop", "reader-crash");
        TargetRef config = new() { ApiVersion = "v1", Kind = "ConfigMap", Namespace = "shop", Name = "web-config" };
        await world.OpenIncidentAsync(first, config, config, Causes.MisconfiguredAppConfig);
        await world.OpenIncidentAsync(second, new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web" }, config, Causes.MisconfiguredAppConfig);
        await using RunningOperator running = await world.OperatorAsync();

        Incident child = await world.IncidentAsync(i => i.Metadata.Name == second.Name && i.Status?.Stage == "Attached");
        child.Status!.Parent!.Name.Should().Be(first.Name);
        child.Status.Remediations.Should().BeEmpty();

        await world.SignalAsync(first, SignalState.Resolved);
        await world.IncidentAsync(i => i.Metadata.Name == second.Name && i.Status is { Stage: "Attached" } s && s.NextStep!.Contains("is over", StringComparison.Ordinal));
        await world.SignalAsync(second, SignalState.Resolved);
        Incident over = await world.IncidentAsync(i => i.Metadata.Name == second.Name && i.Status?.Stage == "Resolved");
        over.Status!.Parent!.Name.Should().Be(first.Name);
        await running.Events.TellsAsync("Incident", Reasons.SameCause, world.Patience);
    }

    [Fact]
    public async Task Drift_makes_the_plan_stale_and_a_new_one_is_made()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with { Level = RemediationLevel.L2 });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest first = await world.RequestAsync(static r => r.Status?.Stage == "AwaitingApproval");
        await world.PatchDeploymentAsync(new() { ["spec"] = new JsonObject { ["replicas"] = 3 } });
        await world.AnnotateAsync(first, AnnotationNames.Approved, "ann");
        RemediationRequest second = await world.RequestAsync(r => r.Metadata.Name != first.Metadata.Name && r.Status?.Stage == "AwaitingApproval");
        (await world.RequestAsync(r => r.Metadata.Name == first.Metadata.Name && r.Status?.Outcome is not null)).Status!.Outcome.Should().Be(RemediationOutcome.Stale);
        second.Spec.Plan.TargetGeneration.Should().Be(2);
        (await world.ImageAsync()).Should().Be("web:2", "an approval is for one plan");
    }

    [Fact]
    public async Task A_fix_that_does_not_help_is_taken_back_and_handed_over()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with
        {
            Steps = [new() { Name = "more", Action = "SetReplicas", With = s.Steps[0].With.Add("replicas", "5") }],
            Verification = s.Verification with { Timeout = RemediationWorld.Milliseconds(2_000) },
        });
        await using RunningOperator running = await world.OperatorAsync();
        RemediationRequest ended = await world.RequestAsync(static r => r.Status?.Outcome is not null);
        ended.Status!.Outcome.Should().Be(RemediationOutcome.RolledBack);
        ended.Status.Rollback!.Result.Should().Be(VerificationResult.Recovered, "what was undone is verified, too");
        ended.Status.Verification!.Result.Should().Be(VerificationResult.Unchanged);
        JsonNode deployment = await world.DeploymentAsync();
        ((int)deployment["spec"]!["replicas"]!).Should().Be(4);
        ((long)deployment["metadata"]!["generation"]!).Should().Be(3, "one change and one change back");
        Incident incident = await world.IncidentAsync(static i => i.Status?.Stage == "Escalated");
        incident.Status!.Conditions.Single(c => c.Type == ConditionTypes.Escalated).Reason.Should().Be(Reasons.RemediationFailed);
        await running.Events.TellsAsync("Deployment", Reasons.RolledBack, world.Patience);
    }

    [Theory]
    [InlineData("the intent is not stored", "status", CrashMoment.Before)]
    [InlineData("the intent is stored, the change is not sent", "status", CrashMoment.After)]
    [InlineData("the change never arrives", "change", CrashMoment.Before)]
    [InlineData("the change is made, the answer is lost", "change", CrashMoment.After)]
    [InlineData("the change is made, the report is not stored", "report", CrashMoment.Before)]
    [InlineData("the report is stored", "report", CrashMoment.After)]
    public async Task A_crash_at_any_point_leads_to_exactly_one_effect(string situation, string point, CrashMoment moment)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        using KubeClient dying = world.NewClient();
        CrashingClient client = new(dying, request => IsAt(request, point), moment);
        await using (RunningOperator first = await world.OperatorAsync(client))
        {
            await client.Crashed.WaitAsync(world.Patience);
        }

        await using RunningOperator second = await world.OperatorAsync();
        await world.RequestAsync(static r => r.Status?.Stage == "Verifying");
        await world.SignalAsync(SignalState.Resolved);
        await world.IncidentAsync(static i => i.Status?.Stage == "Resolved");
        (await world.ImageAsync()).Should().Be("web:1", situation);
        (await world.GenerationAsync()).Should().Be(2, $"exactly one effect: {situation}");
    }

    [Theory]
    [InlineData(CrashMoment.Before)]
    [InlineData(CrashMoment.After)]
    public async Task A_crash_while_undoing_leads_to_exactly_one_change_back(CrashMoment moment)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync(static s => s with
        {
            Steps = [new() { Name = "more", Action = "SetReplicas", With = s.Steps[0].With.Add("replicas", "5") }],
            Verification = s.Verification with { Timeout = RemediationWorld.Milliseconds(200) },
        });
        using KubeClient dying = world.NewClient();
        CrashingClient client = new(dying, static r => r.Type == RemediationWorld.Deployments && r.Verb == KubeVerb.Patch && Text(r).Contains("/undone ", StringComparison.Ordinal), moment);
        await using (RunningOperator first = await world.OperatorAsync(client))
        {
            await client.Crashed.WaitAsync(world.Patience);
        }

        await using RunningOperator second = await world.OperatorAsync();
        (await world.RequestAsync(static r => r.Status?.Outcome is not null)).Status!.Outcome.Should().Be(RemediationOutcome.RolledBack);
        (await world.GenerationAsync()).Should().Be(3, "one change and one change back");
    }

    private static string Text(KubeRequest request) => System.Text.Encoding.UTF8.GetString(request.Body.Span);

    private static bool IsAt(KubeRequest request, string point)
    {
        if (point == "change")
        {
            return request.Verb == KubeVerb.Patch && request.Type == RemediationWorld.Deployments;
        }

        return request.Type == RemediationRequest.Type && request.Subresource == "status"
            && Text(request).Contains(point == "status" ? "\"state\":\"Intended\"" : "\"state\":\"Applied\"", StringComparison.Ordinal);
    }
}
