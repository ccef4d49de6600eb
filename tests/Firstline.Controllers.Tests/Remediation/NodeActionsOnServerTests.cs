using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Remediation;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
using Firstline.Kube.Client;
using Firstline.Kube.Leases;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Remediation;

/// <summary>The actions on nodes and evictions as the executor sends them to an API server.</summary>
public sealed class NodeActionsOnServerTests
{
    private const string NodeName = "node-1";

    [Theory]
    [InlineData("Cordon", """{}""", "", """{"unschedulable":true}""")]
    [InlineData("Uncordon", """{"unschedulable":true}""", "", """{}""")]
    [InlineData("TaintNode", """{}""", "key=a,value=b", """{"taints":[{"effect":"NoSchedule","key":"a","value":"b"}]}""")]
    [InlineData("TaintNode", """{"taints":[{"key":"x","effect":"NoExecute","timeAdded":"2026-01-02T03:04:05Z"}]}""", "key=a", """{"taints":[{"effect":"NoExecute","key":"x","timeAdded":"2026-01-02T03:04:05Z"},{"effect":"NoSchedule","key":"a"}]}""")]
    [InlineData("UntaintNode", """{"taints":[{"key":"a","effect":"NoSchedule"}]}""", "key=a", """{}""")]
    public async Task A_node_is_changed_once_and_its_inverse_leaves_it_as_it_was(string action, string spec, string parameters, string expected)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await CreateAsync(world, BuiltinTypes.Nodes, "", $$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{NodeName}}}"},"spec":{{{spec}}}}""");
        JsonNode before = await SpecAsync(world);
        RemediationRequest request = RequestOf(await NodeAsync(world), (action, parameters));

        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        StepOutcome.Applied again = (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>("the mark shows that it was sent").Subject;
        JsonNode.DeepEquals(await SpecAsync(world), JsonNode.Parse(expected)).Should().BeTrue($"it is {await SpecAsync(world)}");

        RemediationRequest sent = request with { Status = new() { Steps = [new() { Name = "s0", State = StepState.Applied, AppliedAt = DateTimeOffset.UnixEpoch, ContentHash = again.ContentHash }] } };
        (await SendAsync(world, sent, direction: PlanDirection.Inverse)).Should().BeOfType<StepOutcome.Applied>();
        JsonNode.DeepEquals(await SpecAsync(world), before).Should().BeTrue($"it is {await SpecAsync(world)}");
    }

    [Theory]
    [InlineData("TaintNode", """[]""", """[DISK]""", """[DISK,{"effect":"NoSchedule","key":"a"}]""", """[LOST,{"effect":"NoSchedule","key":"a"}]""", """[LOST]""")]
    [InlineData("TaintNode", """[DISK]""", """[]""", """[{"effect":"NoSchedule","key":"a"}]""", """[DISK,{"effect":"NoSchedule","key":"a"}]""", """[DISK]""")]
    [InlineData("UntaintNode", """[{"effect":"NoSchedule","key":"a"}]""", """[{"effect":"NoSchedule","key":"a"},LOST]""", """[LOST]""", """[DISK]""", """[DISK,{"effect":"NoSchedule","key":"a"}]""")]
    public async Task Taints_of_the_control_plane_may_come_and_go_and_stay_as_they_are(string action, string planned, string sent, string changed, string later, string undone)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await CreateAsync(world, BuiltinTypes.Nodes, "", $$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{NodeName}}}"},"spec":{"taints":{{{Taints(planned)}}}}}""");
        RemediationRequest request = RequestOf(await NodeAsync(world), (action, "key=a"));
        await SetTaintsAsync(world, sent);
        StepOutcome.Applied applied = (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>().Subject;
        await ShouldHaveAsync(world, changed);

        await SetTaintsAsync(world, later);
        RemediationRequest known = request with { Status = new() { Steps = [new() { Name = "s0", State = StepState.Applied, AppliedAt = DateTimeOffset.UnixEpoch, ContentHash = applied.ContentHash }] } };
        (await SendAsync(world, known, direction: PlanDirection.Inverse)).Should().BeOfType<StepOutcome.Applied>();
        await ShouldHaveAsync(world, undone);
    }

    private static Task<KubeResponse> SetTaintsAsync(RemediationWorld world, string taints) => world.Client.PatchAsync(
        BuiltinTypes.Nodes, new("", NodeName), Patch.Merge((JsonObject)JsonNode.Parse($$$"""{"spec":{"taints":{{{Taints(taints)}}}}}""")!), world.Patience);

    private static async Task ShouldHaveAsync(RemediationWorld world, string taints) =>
        JsonNode.DeepEquals((await SpecAsync(world))["taints"] ?? new JsonArray(), JsonNode.Parse(Taints(taints))).Should().BeTrue($"it is {await SpecAsync(world)}");

    private static string Taints(string text) => text
        .Replace("DISK", """{"effect":"NoSchedule","key":"node.kubernetes.io/disk-pressure"}""", StringComparison.Ordinal)
        .Replace("LOST", """{"effect":"NoExecute","key":"node.kubernetes.io/unreachable","timeAdded":"2026-01-02T03:04:05Z"}""", StringComparison.Ordinal);

    [Fact]
    public async Task A_node_that_somebody_cordoned_meanwhile_is_left_alone()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = RequestOf(await NodeAsync(world, create: true), ("TaintNode", "key=a"));
        await world.Client.PatchAsync(BuiltinTypes.Nodes, new("", NodeName), Patch.Merge((JsonObject)JsonNode.Parse("""{"spec":{"unschedulable":true}}""")!), world.Patience);
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Drifted>();
    }

    [Fact]
    public async Task A_drain_evicts_one_pod_after_the_other_waits_for_the_budget_and_goes_on_after_a_restart()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        string[] pods = ["guarded", "free-1", "free-2"];
        Situation node = await NodeAsync(world, create: true);
        foreach (string name in pods)
        {
            await PodAsync(world, name);
        }

        await BudgetAsync(world, allowed: 0);
        RemediationRequest request = RequestOf(await WithPodsAsync(world, node, pods), ("Cordon", ""), ("Drain", ""));
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        await PodAsync(world, "late");

        (await LookAsync(world, request)).Should().BeOfType<StepOutcome.NotApplied>();
        StepOutcome.Waiting first = (await SendAsync(world, request, step: 1)).Should().BeOfType<StepOutcome.Waiting>().Subject;
        (first.Message, first.Again, first.IsUntouched).Should().Be(("1 of 3 pods evicted", TimeSpan.Zero, false));
        (await LookAsync(world, request)).Should().BeOfType<StepOutcome.Waiting>("a part of it is done");

        // Each send is by another executor, as after a restart.
        await SendAsync(world, request, step: 1);
        StepOutcome.Waiting held = (await SendAsync(world, request, step: 1)).Should().BeOfType<StepOutcome.Waiting>().Subject;
        held.Message.Should().Contain("2 of 3 pods evicted").And.Contain("shop/guarded").And.Contain("disruption budget");
        held.Again.Should().BeGreaterThan(TimeSpan.Zero);
        held.IsUntouched.Should().BeFalse();
        PodFacts guarded = PodProjection.Read((await world.Client.GetAsync(BuiltinTypes.Pods, new("shop", "guarded"), world.Patience)).Body.Span);
        RemediationRequest alone = Request(guarded.Ref, [new() { Name = "s0", Action = "EvictPod", Summary = "evict it", Forward = [new() { Verb = MutationVerb.Evict, Target = guarded.Ref }] }]);
        (await SendAsync(world, alone)).Should().BeOfType<StepOutcome.Waiting>().Which.IsUntouched.Should().BeTrue("its budget lets no pod of it go");
        (await LeftAsync(world)).Should().BeEquivalentTo("guarded", "late");

        await BudgetAsync(world, allowed: 1);
        (await SendAsync(world, request, step: 1)).Should().BeOfType<StepOutcome.Applied>();
        (await SendAsync(world, request, step: 1)).Should().BeOfType<StepOutcome.Applied>();
        (await LeftAsync(world)).Should().BeEquivalentTo(["late"], "what came after the plan was made is not in it");
    }

    [Fact]
    public async Task A_pod_with_two_budgets_holds_up_none_behind_it_and_is_told_in_the_servers_words()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await DrainAsync(world, "guarded", "last");
        await BudgetAsync(world, allowed: 0);
        await CreateAsync(world, BuiltinTypes.Budgets, "shop", """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"other"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"guarded"}}}}""");

        StepOutcome.Waiting held = (await SendAsync(world, request, step: 1)).Should().BeOfType<StepOutcome.Waiting>().Subject;
        held.Message.Should().Contain("shop/guarded").And.Contain("more than one PodDisruptionBudget");
        (await LeftAsync(world)).Should().BeEquivalentTo("guarded");
    }

    [Fact]
    public async Task A_server_that_is_busy_ends_the_round_and_is_no_budget()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await DrainAsync(world, "a", "b", "c");
        List<KubeRequest> asked = [];
        RefusingClient busy = new(world.Client, r =>
        {
            asked.Add(r);
            return r.Subresource == "eviction" ? KubeErrorKind.TooManyRequests : null;
        });
        Func<Task> send = () => new PlanExecutor(busy, new AlwaysLeader()).SendAsync(Known(request, 1), request.Spec.Plan.Steps[1], PlanDirection.Forward, WriteMode.Commit, world.Patience);
        (await send.Should().ThrowAsync<KubeException>()).Which.Kind.Should().Be(KubeErrorKind.TooManyRequests);
        asked.Count(static r => r.Subresource == "eviction").Should().Be(1);
        asked.Where(static r => r is { Verb: KubeVerb.List, Type.Kind: "Pod" }).Should().ContainSingle().Which.MetadataOnly.Should().BeTrue("a node may have a hundred pods, each of many kilobytes");
    }

    [Fact]
    public async Task A_dry_run_of_a_drain_waits_for_nothing_and_ends_no_pod()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await DrainAsync(world, "guarded", "free");
        await BudgetAsync(world, allowed: 0);
        StepOutcome outcome = await new PlanExecutor(world.Client, new AlwaysLeader()).SendAsync(Known(request, 1), request.Spec.Plan.Steps[1], PlanDirection.Forward, WriteMode.DryRun, world.Patience);
        outcome.Should().BeOfType<StepOutcome.Applied>();
        (await LeftAsync(world)).Should().BeEquivalentTo("guarded", "free");
    }

    private static async Task<RemediationRequest> DrainAsync(RemediationWorld world, params string[] pods)
    {
        Situation node = await NodeAsync(world, create: true);
        foreach (string name in pods)
        {
            await PodAsync(world, name);
        }

        RemediationRequest request = RequestOf(await WithPodsAsync(world, node, pods), ("Cordon", ""), ("Drain", ""));
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        return request;
    }

    [Fact]
    public async Task An_eviction_ends_that_very_pod_and_none_that_came_in_its_place()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        PodFacts pod = await PodAsync(world, "stuck");
        PlannedStep step = new() { Name = "s0", Action = "EvictPod", Summary = "evict it", Forward = [new() { Verb = MutationVerb.Evict, Target = pod.Ref }] };
        RemediationRequest request = Request(pod.Ref, [step]);
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        (await LeftAsync(world)).Should().BeEmpty();

        await PodAsync(world, "stuck");
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        (await LeftAsync(world)).Should().BeEquivalentTo("stuck");
    }

    private static Task<KubeResponse> CreateAsync(RemediationWorld world, Firstline.Api.Meta.ResourceType type, string ns, string json) =>
        world.Client.CreateAsync(type, ns, Encoding.UTF8.GetBytes(json), world.Patience);

    private static async Task<Situation> NodeAsync(RemediationWorld world, bool create = false)
    {
        if (create)
        {
            await CreateAsync(world, BuiltinTypes.Nodes, "", $$$"""{"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{NodeName}}}"}}""");
        }

        NodeFacts node = NodeProjection.Read((await world.Client.GetAsync(BuiltinTypes.Nodes, new("", NodeName), world.Patience)).Body.Span);
        return new() { Subject = node.Ref, Node = node };
    }

    private static async Task<Situation> WithPodsAsync(RemediationWorld world, Situation node, string[] names)
    {
        List<PodFacts> pods = [];
        foreach (string name in names)
        {
            PodFacts pod = PodProjection.Read((await world.Client.GetAsync(BuiltinTypes.Pods, new("shop", name), world.Patience)).Body.Span);
            pods.Add(pod with { Controller = new() { Kind = "ReplicaSet", Uid = "c" }, Phase = "Running" });
        }

        return node with { BoundPods = [.. pods] };
    }

    // An eviction spends the budget of running pods alone.
    private static async Task<PodFacts> PodAsync(RemediationWorld world, string name)
    {
        string pod = $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","labels":{"app":"{{{name}}}"}},"spec":{"nodeName":"{{{NodeName}}}","terminationGracePeriodSeconds":0,"containers":[{"name":"app","image":"api:1"}]}}""";
        await CreateAsync(world, BuiltinTypes.Pods, "shop", pod);
        KubeResponse running = await world.Client.PatchAsync(
            BuiltinTypes.Pods, new("shop", name), Patch.Merge((JsonObject)JsonNode.Parse("""{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}""")!),
            world.Patience, new WriteOptions { Subresource = "status" });
        return PodProjection.Read(running.Body.Span);
    }

    private static async Task BudgetAsync(RemediationWorld world, int allowed)
    {
        if (allowed == 0)
        {
            await CreateAsync(world, BuiltinTypes.Budgets, "shop", """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"guard"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"guarded"}}}}""");
        }

        string status = $$$"""{"status":{"observedGeneration":1,"disruptionsAllowed":{{{allowed}}},"desiredHealthy":1,"currentHealthy":1,"expectedPods":1}}""";
        await world.Client.PatchAsync(BuiltinTypes.Budgets, new("shop", "guard"), Patch.Merge((JsonObject)JsonNode.Parse(status)!), world.Patience, new WriteOptions { Subresource = "status" });
    }

    private static async Task<JsonNode> SpecAsync(RemediationWorld world) => (await world.Client.GetAsync(BuiltinTypes.Nodes, new("", NodeName), world.Patience)).ReadTree()["spec"] ?? new JsonObject();

    private static async Task<ImmutableArray<string>> LeftAsync(RemediationWorld world)
    {
        JsonObject list = (await world.Client.GetAsync(BuiltinTypes.Pods, new("shop", ""), world.Patience)).ReadTree();
        return [.. list["items"]!.AsArray().Where(static p => p!["metadata"]!["deletionTimestamp"] is null).Select(static p => (string)p!["metadata"]!["name"]!)];
    }

    private static RemediationRequest RequestOf(Situation situation, params (string Action, string Parameters)[] steps)
    {
        List<PlannedStep> planned = [];
        foreach ((string name, string parameters) in steps)
        {
            IAction action = ActionCatalogue.Find(name)!;
            RunbookStep step = new()
            {
                Name = $"s{planned.Count}",
                Action = name,
                With = parameters.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=')).ToImmutableSortedDictionary(static p => p[0], static p => p[1]),
            };
            ActionRequest request = new(situation.Subject, situation, RunbookValidator.Parameters(step, action), DateTimeOffset.UnixEpoch) { Before = [.. planned.SelectMany(static p => p.Forward)] };
            ActionResult.Planned plan = action.Plan(request).Should().BeOfType<ActionResult.Planned>().Subject;
            planned.Add(new() { Name = step.Name, Action = name, Summary = plan.Summary, Forward = plan.Forward, Inverse = plan.Inverse });
        }

        RemediationRequest made = Request(situation.Subject, [.. planned]);
        return made with { Spec = made.Spec with { Plan = made.Spec.Plan with { TargetContentHash = PlannedTarget.Of(situation.Subject, situation).ContentHash } } };
    }

    private static RemediationRequest Request(TargetRef target, ImmutableArray<PlannedStep> steps) => new()
    {
        Metadata = new() { Name = "r", Namespace = RemediationWorld.OperatorNamespace, Uid = "r-uid" },
        Spec = new() { Plan = new() { Target = target, Steps = steps } },
    };

    private static Task<StepOutcome> SendAsync(RemediationWorld world, RemediationRequest request, int step = 0, PlanDirection direction = PlanDirection.Forward) =>
        new PlanExecutor(world.Client, new AlwaysLeader()).SendAsync(Known(request, step), request.Spec.Plan.Steps[step], direction, WriteMode.Commit, world.Patience);

    private static Task<StepOutcome> LookAsync(RemediationWorld world, RemediationRequest request) =>
        new PlanExecutor(world.Client, new AlwaysLeader()).RecogniseAsync(Known(request, 1), request.Spec.Plan.Steps[1], world.Patience);

    // What the first step left behind is what the second one has to find.
    private static RemediationRequest Known(RemediationRequest request, int step) => step == 0
        ? request
        : request with
        {
            Status = new()
            {
                Steps =
                [
                    new() { Name = "s0", State = StepState.Applied, AppliedAt = DateTimeOffset.UnixEpoch, ContentHash = ContentHash.Of(new NodeFacts { Ref = request.Spec.Plan.Target, IsCordoned = true }) },
                    new() { Name = "s1", State = StepState.Intended, IntendedAt = DateTimeOffset.UnixEpoch },
                ],
            },
        };
}
