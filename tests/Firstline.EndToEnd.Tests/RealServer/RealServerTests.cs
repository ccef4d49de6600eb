using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>The whole loop on a real API server, with nothing but the rights that config/rbac gives and with the admission policies in force.</summary>
[Collection(RealServerCollection.Name)]
public sealed class RealServerTests(RealServerFixture server, ITestOutputHelper output) : IClassFixture<RealServerFixture>, IAsyncLifetime
{
    private Scene? _scene;

    private Scene Scene => _scene!;

    private Kubectl Kubectl => Scene.Kubectl;

    public async Task InitializeAsync() => _scene = server.IsThere ? await Scene.OpenAsync(server) : null;

    public async Task DisposeAsync()
    {
        if (_scene is not null)
        {
            await _scene.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_bad_rollout_is_undone_without_a_human_once_one_has_approved_the_runbook()
    {
        server.Require();
        string refusal = await Kubectl.RefusedAsync("annotate rbk undo-bad-rollout firstline.dev/approved-revision=0", "mallory");
        refusal.Should().Contain("may not approve runbooks.firstline.dev").And.Contain("firstline-approver");
        await Scene.TrustAsync("undo-bad-rollout", "alice");
        await Kubectl.RunAsync("apply -f -", Workload.Of("web", 4, "sim.firstline.dev/crash-when: 'image=*/web:2; log=panic: no PAYMENTS_URL'"));
        await Scene.HealthyAsync("web");

        await Kubectl.RunAsync("set image deployment/web app=registry.example/web:2");
        Incident incident = await Scene.ResolvedAsync("web");

        RemediationRequest request = await Scene.SucceededAsync("web");
        (request.Spec.Level, request.Status!.Approvals.Length).Should().Be((RemediationLevel.L1, 0));
        (await Kubectl.RunAsync("get deployment web -o jsonpath={.spec.template.spec.containers[0].image}")).Should().Be("registry.example/web:1");
        incident.Status!.Hypotheses[0].Cause.Should().Be("BadRollout");
        (await Kubectl.RunAsync("describe deployment web")).Should().Contain("Executed", "people look at the workload first");
        NothingRefused();
        IReadOnlyList<JsonNode> spans = await server.Traces!.SpansAsync(Guid.Parse(incident.Metadata.Uid!).ToString("N"), 7, TimeSpan.FromSeconds(30));
        spans.Select(static s => (string?)s["name"]).Should().BeEquivalentTo("incident", "detection", "diagnosis", "planning", "gates", "execution", "verification");
        spans.Select(static s => s["status"]).Should().OnlyContain(static status => status == null, "a status is an error, and all went well");
    }

    [SkippableFact]
    public async Task An_OOM_kill_waits_until_alice_in_person_approves()
    {
        server.Require();
        await Kubectl.RunAsync("apply -f -", Workload.Of("checkout", 3, "sim.firstline.dev/oom-when: 'memory-limit<300Mi; after=2s'"));
        RemediationRequest waiting = await Scene.WaitingAsync("checkout");
        await OnlyAliceMayAsync(waiting);
        (await Kubectl.RunAsync("describe deployment checkout")).Should().Contain($"kubectl annotate remreq {waiting.Metadata.Name}", "people look at the workload first");
        Scene.Workloads.All.Single().Generation.Should().Be(1, "nothing is changed without approval");

        await Scene.ApproveAsync(waiting, "alice");
        await Scene.ResolvedAsync("checkout");

        RemediationRequest ended = await Scene.SucceededAsync("checkout");
        ended.Status!.Approvals.Should().ContainSingle().Which.Should().BeEquivalentTo(new { User = "alice", Identity = ApprovalIdentity.Verified, waiting.Spec.PlanHash });
        (await Kubectl.RunAsync("get deployment checkout -o jsonpath={.spec.template.spec.containers[0].resources.limits.memory}")).Should().Be("384Mi");
        NothingRefused();
    }

    [SkippableTheory]
    [InlineData("she types what the next step says", false)]
    [InlineData("she leaves the group out, and then types what the next step says then", true)]
    public async Task Who_may_approve_by_a_group_does_so_by_the_command_of_the_next_step(string situation, bool forgets)
    {
        server.Require();
        output.WriteLine(situation);
        await Kubectl.RunAsync("apply -f -", Workload.Of("checkout", 3, "sim.firstline.dev/oom-when: 'memory-limit<300Mi; after=2s'"));
        RemediationRequest waiting = await Scene.WaitingAsync("checkout");
        if (forgets)
        {
            await Scene.ApproveAsync(waiting, Scene.Member);
            waiting = await Scene.RequestAsync("checkout", "asks for the group", static r =>
                r.Status!.Gates.Any(static g => g is { Name: "Approval", Reason: "ApproverRightMissing" }) && r.Status.NextStep!.Contains("--overwrite", StringComparison.Ordinal));
        }

        await Scene.ApproveAsync(waiting, Scene.Member, Scene.Team);
        await Scene.ResolvedAsync("checkout");

        RemediationRequest ended = await Scene.SucceededAsync("checkout");
        ended.Status!.Approvals.Last().Should().BeEquivalentTo(new { User = Scene.Member, Groups = new[] { Scene.Team } });
        NothingRefused();
    }

    [SkippableFact]
    public async Task A_request_that_is_deleted_after_its_change_takes_it_back_and_then_goes()
    {
        server.Require();
        await Kubectl.RunAsync("apply -f -", Workload.Of("basket", 3, "sim.firstline.dev/oom-when: 'memory-limit<300Mi; after=2s'"));
        string before = await MemoryAsync("basket");
        RemediationRequest request = await Scene.WaitingAsync("basket");
        await Scene.ApproveAsync(request, "alice");
        await Scene.RequestAsync("basket", "its change made", static r => r.Status?.Stage == "Verifying" && r.Metadata.Finalizers.Contains(FinalizerNames.Remediation));
        (await MemoryAsync("basket")).Should().NotBe(before);

        await Kubectl.RunAsync($"delete remreq {request.Metadata.Name} --timeout=60s");

        (await MemoryAsync("basket")).Should().Be(before);
        await Scene.IncidentAsync("basket", "knows", static i => i.Status!.Remediations is [{ Outcome: RemediationOutcome.TakenBack }]);
        NothingRefused();
    }

    [SkippableFact]
    public async Task A_guarded_ConfigMap_that_was_edited_is_restored_after_approval()
    {
        server.Require();
        await Kubectl.RunAsync("apply -f -",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: limits, annotations: {firstline.dev/guarded: "true"}}
            data: {maxOrders: "100", currency: EUR}
            """);
        await Kubectl.RunAsync("""patch configmap limits --type=merge --patch={\"data\":{\"maxOrders\":\"1\",\"surprise\":\"x\"}}""");

        await Scene.ApproveAsync(await Scene.WaitingAsync("limits"), "alice");
        await Scene.ResolvedAsync("limits");

        JsonNode.Parse(await Kubectl.RunAsync("get configmap limits -o jsonpath={.data}"))!.ToJsonString().Should().Be("""{"currency":"EUR","maxOrders":"100"}""");
        NothingRefused();
    }

    [SkippableFact]
    public async Task A_hung_workload_is_restarted_and_answers_again()
    {
        server.Require();
        await Scene.TrustAsync("restart-hung-workload", "alice");
        await Kubectl.RunAsync("apply -f -", Workload.Of("search", 3, "sim.firstline.dev/hang-after: 20s"));

        await Scene.ResolvedAsync("search");

        RemediationRequest request = await Scene.SucceededAsync("search");
        (request.Spec.Runbook.Name, request.Spec.Level).Should().Be(("restart-hung-workload", RemediationLevel.L1));
        (await Scene.HealthyAsync("search")).Ready.Should().Be(3);
        NothingRefused();
    }

    [SkippableFact]
    public async Task A_failed_Job_of_a_CronJob_is_deleted_after_approval()
    {
        server.Require();
        await Kubectl.RunAsync("create configmap database --from-literal=state=down");
        await Kubectl.RunAsync("apply -f -", Workload.Nightly);
        await Kubectl.RunAsync("create job --from=cronjob/nightly nightly-1");
        RemediationRequest waiting = await Scene.WaitingAsync("nightly");
        waiting.Spec.LevelReasons.Should().Contain(static r => r.Contains("can't be undone", StringComparison.Ordinal));

        await Scene.ApproveAsync(waiting, "alice");
        await Scene.ResolvedAsync("nightly");

        (await Kubectl.RunAsync("get jobs -o name")).Should().BeEmpty();
        NothingRefused();
    }

    [SkippableFact]
    public async Task An_incident_opened_by_hand_without_a_runbook_goes_to_humans()
    {
        server.Require();
        await Kubectl.RunAsync("apply -f -", Workload.Of("catalog", 1, "example.com/plain: 'yes'"));
        await Scene.HealthyAsync("catalog");
        await Kubectl.RunAsync("apply -f -",
            """
            apiVersion: firstline.dev/v1alpha1
            kind: Incident
            metadata: {name: wrong-prices}
            spec: {summary: Prices are wrong., severity: SEV2, target: {kind: Deployment, name: catalog}}
            """);

        await Kubectl.RunAsync("wait --for=condition=Escalated inc/wrong-prices --timeout=60s");

        Incident incident = await Scene.IncidentAsync("catalog", "escalated", static i => IncidentTeller.Is(i.Status, ConditionTypes.Escalated));
        (incident.Status!.Level, incident.Status.Severity).Should().Be((RemediationLevel.L3, Severity.SEV2));
        Scene.Requests.All.Should().BeEmpty();
        string[] typed = incident.Status.NextStep!.Split("Begin with: ")[1].Split("; when it is over: ");
        (await Kubectl.RunAsync("get events -o jsonpath={.items[*].reason}")).Should().Contain("Escalated");
        (await Kubectl.TypeAsync(typed[0])).Should().Contain("Name:                   catalog");
        (await Kubectl.TypeAsync(typed[1])).Should().Contain("annotated");
        await Kubectl.RunAsync("wait --for=condition=Resolved inc/wrong-prices --timeout=60s");
        NothingRefused();
    }

    private Task<string> MemoryAsync(string deployment) =>
        Kubectl.RunAsync($"get deployment {deployment} -o jsonpath={{.spec.template.spec.containers[0].resources.limits.memory}}");

    private async Task OnlyAliceMayAsync(RemediationRequest request)
    {
        string annotate = $"annotate remreq {request.Metadata.Name} firstline.dev/approved=";
        (await Kubectl.RefusedAsync($"{annotate}mallory", "mallory")).Should().Contain("the verb approve is missing; ask for the role firstline-approver");
        (await Kubectl.RefusedAsync($"{annotate}alice", "bob")).Should().Contain("must be your own user name: firstline.dev/approved=bob");
        (await Kubectl.RefusedAsync($"{annotate}{Scene.Robot}", Scene.Robot)).Should().Contain("only a human approves");
        (await Kubectl.RefusedAsync($"{annotate}alice", RealServerFixture.OperatorUser)).Should().Contain("forbidden");
    }

    private void NothingRefused()
    {
        Scene.Refused().Should().BeEmpty();

        // Humans and the simulated controllers write to the same objects: now and then they come first. What always loses writes over versions that it should have seen.
        Scene.Asked().Where(static r => r.IsLostRace).GroupBy(static r => (r.Verb, r.Uri)).Should().NotContain(static lost => lost.Count() > 3);
        output.WriteLine(Tally.Of(Scene.Asked()));
    }
}
