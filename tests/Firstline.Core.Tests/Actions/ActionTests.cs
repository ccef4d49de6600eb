using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Runbooks;
using Firstline.Core.Verification;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class ActionTests
{
    private static readonly TargetRef Config = new() { ApiVersion = "v1", Kind = "ConfigMap", Namespace = "shop", Name = "settings", Uid = "config-uid" };
    private static readonly TargetRef Cron = new() { ApiVersion = "batch/v1", Kind = "CronJob", Namespace = "shop", Name = "report", Uid = "cron-uid" };

    public static TheoryData<string> Names => [.. ActionCatalogue.All.Select(static a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_action_states_what_it_needs_and_refuses_an_unknown_target(string name)
    {
        IAction action = ActionCatalogue.Find(name)!;
        action.Rules.IsEmpty.Should().Be(action is CallWebhookAction, "what changes the cluster has to be allowed to, and nothing else");
        action.Rules.Where(r => !r.Reason.Contains(name) || r.Verbs.Contains("*")).Should().BeEmpty();
        action.TargetKinds.Should().NotBeEmpty();
        Sample.Plan(action, new Situation { Subject = Sample.Web, Exists = false }, null, Needed(action)).Should().BeOfType<ActionResult.Refused>();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_action_answers_the_same_request_in_the_same_words(string name)
    {
        IAction action = ActionCatalogue.Find(name)!;
        (string, string)[] given = name is "Label" or "Annotate" ? [.. Needed(action), ("value", "broken")] : Needed(action);
        ActionResult once = Sample.Plan(action, FitFor(name), null, given);
        once.Should().BeOfType<ActionResult.Planned>("{0} fits there: {1}", name, once);
        Sample.Plan(action, FitFor(name), null, given).Should().BeEquivalentTo(once, static o => o.RespectingRuntimeTypes().WithStrictOrdering());
    }

    [Fact]
    public void RolloutUndo_replaces_the_template_exactly_and_its_inverse_restores_the_present_one()
    {
        ActionResult.Planned plan = (ActionResult.Planned)Sample.Plan(new RolloutUndoAction(), Sample.Broken);
        plan.Forward[0].Body.Should().Be($$"""[{"op":"replace","path":"/spec/template","value":{{Sample.Good}}}]""");
        plan.Inverse[0].Body.Should().Be($$"""[{"op":"replace","path":"/spec/template","value":{{Sample.Bad}}}]""");
        plan.Forward[0].Target.Uid.Should().Be("web-uid");
        plan.Summary.Should().Contain("image of container app from web:2 to web:1");
    }

    [Fact]
    public void RolloutUndo_refuses_when_every_older_revision_is_broken_or_the_same()
    {
        Situation broken = Sample.Broken with { Revisions = [Sample.Revision(3, Sample.Bad, 1, 0), Sample.Revision(2, Sample.Good, 2, 0), Sample.Revision(1, Sample.Bad, 0, 0)] };
        Sample.Plan(new RolloutUndoAction(), broken).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.NoHealthyRevision);
    }

    [Fact]
    public void RolloutUndo_refuses_a_template_that_no_request_can_hold()
    {
        string huge = Sample.Good.Replace("web:1", new string('x', 300_000), StringComparison.Ordinal);
        Situation broken = Sample.Broken with { Revisions = [Sample.Revision(2, Sample.Bad, 1, 0), Sample.Revision(1, huge, 3, 3)] };
        Sample.Plan(new RolloutUndoAction(), broken).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.TooLarge);
    }

    [Theory]
    [InlineData("RolloutUndo")]
    [InlineData("RolloutRestart")]
    [InlineData("SetResources")]
    public void Rollouts_are_refused_while_the_workload_is_paused(string name)
    {
        Situation paused = Sample.Broken with { Workload = Sample.Workload with { Paused = true } };
        Sample.Plan(ActionCatalogue.Find(name)!, paused, null, name == "SetResources" ? [("memoryMax", "1Gi")] : [])
            .Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.RolloutPaused);
    }

    [Theory]
    [InlineData("all ready: what maxUnavailable says", 4, 4, 1, 1)]
    [InlineData("one missing already: no ready pod goes", 4, 3, 1, 0)]
    [InlineData("nothing ready: nothing to lose", 4, 0, 1, 0)]
    [InlineData("Recreate stops all", 3, 3, 3, 3)]
    [InlineData("no pod may be missing", 3, 3, 0, 0)]
    [InlineData("more ready than wanted", 2, 4, 1, 1)]
    public void Rollouts_stop_at_most_the_ready_pods_above_the_floor(string situation, int desired, int ready, int maxUnavailable, int expected)
    {
        Situation state = Sample.Broken with { Workload = Sample.Workload with { DesiredPods = desired, ReadyPods = ready, MaxUnavailablePods = maxUnavailable } };
        ((ActionResult.Planned)Sample.Plan(new RolloutRestartAction(), state)).DisruptedPods.Should().Be(expected, situation);
    }

    [Fact]
    public void RolloutRestart_carries_the_time_of_planning_and_has_nothing_to_undo()
    {
        ActionResult.Planned plan = (ActionResult.Planned)Sample.Plan(new RolloutRestartAction(), Sample.Broken);
        plan.Forward[0].Body.Should().Be("""{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-20T12:00:00Z"}}}}}""");
        plan.Inverse.Should().BeEmpty();
        plan.Irreversible.Should().BeNull();
    }

    [Theory]
    [InlineData("down stops what is above", "1", 2)]
    [InlineData("up stops nothing", "9", 0)]
    public void SetReplicas_counts_the_pods_it_stops(string situation, string replicas, int disrupted)
    {
        ActionResult.Planned plan = (ActionResult.Planned)Sample.Plan(new SetReplicasAction(), Sample.Broken, null, ("replicas", replicas));
        plan.DisruptedPods.Should().Be(disrupted, situation);
        plan.Inverse[0].Body.Should().Be("""{"spec":{"replicas":4}}""");
    }

    [Fact]
    public void SetReplicas_refuses_the_number_that_is_there() =>
        Sample.Plan(new SetReplicasAction(), Sample.Broken, null, ("replicas", "4"))
            .Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.ReplicasAlreadySet);

    [Theory]
    [InlineData("request apart from the limit stays", "128Mi", 1)]
    [InlineData("equal request goes along", "256Mi", 2)]
    [InlineData("equal in other words goes along", "268435456", 2)]
    public void SetResources_raises_the_limit_and_keeps_the_class_of_service(string situation, string request, int replacements)
    {
        ActionResult.Planned plan = (ActionResult.Planned)Sample.Plan(new SetResourcesAction(), Memory("256Mi", request), null, ("memoryMax", "1Gi"));
        JsonArray patch = JsonNode.Parse(plan.Forward[0].Body!)!.AsArray();
        patch.Count(o => (string?)o!["op"] == "replace").Should().Be(replacements, situation);
        patch.Where(o => (string?)o!["op"] == "replace").Should().OnlyContain(o => (string?)o!["value"] == "384Mi");
        ((string?)patch[0]!["path"]).Should().Be("/spec/template/spec/containers/0/name");
        JsonNode.Parse(plan.Inverse[0].Body!)!.AsArray().Should().Contain(o => (string?)o!["op"] == "replace" && (string?)o["value"] == "256Mi");
    }

    [Theory]
    [InlineData("above the maximum", "256Mi", "300Mi", ActionReasons.AboveMaximum)]
    [InlineData("no limit", null, "1Gi", ActionReasons.NoAmount)]
    public void SetResources_refuses(string situation, string? limit, string max, string reason) =>
        Sample.Plan(new SetResourcesAction(), Memory(limit, null), null, ("memoryMax", max))
            .Should().BeOfType<ActionResult.Refused>(situation).Which.Reason.Should().Be(reason, situation);

    private const string Both = """{"limits":{"memory":"1Gi","cpu":"1"},"requests":{"memory":"1Gi","cpu":"250m"}}""";

    [Theory]
    [InlineData("less memory, and its request with it", "memoryFactor=0.5,memoryMin=256Mi", "limits/memory 1Gi 512Mi; requests/memory 1Gi 512Mi", "lower the memory limit of container app of Deployment/web from 1Gi to 512Mi, and its request with it")]
    [InlineData("more cpu", "cpuFactor=2,cpuMax=4", "limits/cpu 1 2", "raise the cpu limit of container app of Deployment/web from 1 to 2")]
    [InlineData("half a core more", "cpuMax=2", "limits/cpu 1 1500m", "raise the cpu limit of container app of Deployment/web from 1 to 1500m")]
    [InlineData("less cpu", "cpuFactor=0.333,cpuMin=250m", "limits/cpu 1 333m", "lower the cpu limit of container app of Deployment/web from 1 to 333m")]
    [InlineData("its request alone", "of=requests,cpuFactor=4,cpuMax=1", "requests/cpu 250m 1", "raise the cpu request of container app of Deployment/web from 250m to 1")]
    [InlineData("a lower request alone", "of=requests,memoryFactor=0.5,memoryMin=1Mi", "requests/memory 1Gi 512Mi", "lower the memory request of container app of Deployment/web from 1Gi to 512Mi")]
    [InlineData("both", "memoryFactor=0.5,memoryMin=256Mi,cpuFactor=2,cpuMax=2", "limits/memory 1Gi 512Mi; requests/memory 1Gi 512Mi; limits/cpu 1 2",
        "lower the memory limit of container app of Deployment/web from 1Gi to 512Mi, and its request with it; raise the cpu limit of container app of Deployment/web from 1 to 2")]
    public void SetResources_multiplies_what_the_runbook_names_and_its_inverse_puts_it_back(string situation, string parameters, string changes, string summary)
    {
        ActionResult.Planned plan = Resources(Both, parameters).Should().BeOfType<ActionResult.Planned>(situation).Subject;

        Replaced(plan.Forward[0]).Should().Equal(changes.Split("; "), situation);
        Replaced(plan.Inverse[0]).Should().Equal(changes.Split("; ").Select(static c => c.Split(' ') is var w ? $"{w[0]} {w[2]} {w[1]}" : c), situation);
        plan.Summary.Replace("shop/", "", StringComparison.Ordinal).Should().Be(summary);
        (plan.Irreversible, plan.Forward.Length).Should().Be((null, 1));
    }

    [Theory]
    [InlineData("above the maximum", "cpuFactor=4,cpuMax=3900m", ActionReasons.AboveMaximum, "*from 1 to 4, above the maximum of 3900m")]
    [InlineData("below the minimum", "memoryFactor=0.25,memoryMin=300Mi", ActionReasons.BelowMinimum, "*from 1Gi to 256Mi, below the minimum of 300Mi")]
    [InlineData("a limit below its request", "cpuFactor=0.2,cpuMin=1m", ActionReasons.BelowMinimum, "*from 1 to 200m, below its request of 250m")]
    [InlineData("a request above its limit", "of=requests,cpuFactor=5,cpuMax=4", ActionReasons.AboveMaximum, "*from 250m to 1250m, above its limit of 1")]
    [InlineData("one of two", "memoryFactor=0.5,memoryMin=1Mi,cpuFactor=4,cpuMax=2", ActionReasons.AboveMaximum, "the cpu limit *")]
    public void SetResources_stays_within_its_bounds(string situation, string parameters, string reason, string why)
    {
        ActionResult.Refused refused = Resources(Both, parameters).Should().BeOfType<ActionResult.Refused>(situation).Subject;
        refused.Reason.Should().Be(reason, situation);
        refused.Message.Should().Match(why);
    }

    [Fact]
    public void SetResources_changes_no_amount_that_is_not_declared() =>
        Resources("""{"limits":{"memory":"1Gi"}}""", "cpuMax=2").Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.NoAmount);

    [Theory]
    [InlineData("no bound at all", "", "give memoryMax or memoryMin, or cpuMax or cpuMin: *")]
    [InlineData("raised without a maximum", "memoryMin=1Mi", "memoryFactor 1.5 raises the memory: give memoryMax")]
    [InlineData("lowered without a minimum", "cpuFactor=0.5,cpuMax=2", "cpuFactor 0.5 lowers the cpu: give cpuMin")]
    [InlineData("lowered without a minimum, beside another that is fine", "memoryFactor=0.5,cpuMax=2", "memoryFactor 0.5 lowers the memory: give memoryMin")]
    [InlineData("bounds the wrong way round", "memoryMin=2Gi,memoryMax=1Gi", "memoryMin 2Gi is above memoryMax 1Gi")]
    [InlineData("a bound for each way", "memoryMin=1Mi,memoryMax=1Gi", null)]
    public void SetResources_wants_a_bound_for_what_it_does(string situation, string parameters, string? problem)
    {
        string? found = new SetResourcesAction().Problem(RunbookValidator.Parameters(new() { With = Given(parameters).ToImmutableSortedDictionary(static p => p.Name, static p => p.Value) }, new SetResourcesAction()));
        (found ?? "fine").Should().Match(problem ?? "fine", situation);
    }

    private static ActionResult Resources(string resources, string parameters) => Sample.Plan(
        new SetResourcesAction(), Sample.Broken with { Workload = Sample.Workload with { TemplateJson = $$$"""{"spec":{"containers":[{"name":"app","resources":{{{resources}}}}]}}""" } }, null, Given(parameters));

    private static (string Name, string Value)[] Given(string parameters) =>
        [.. parameters.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=')).Select(static p => (p[0], p[1]))];

    // Each tested first, so that what somebody else set meanwhile is not written over.
    private static IEnumerable<string> Replaced(Mutation patch)
    {
        JsonNode[] operations = [.. JsonNode.Parse(patch.Body!)!.AsArray()!];
        return operations.Zip(operations.Skip(1)).Where(static p => (string?)p.Second["op"] == "replace" && (string?)p.First["op"] == "test" && (string?)p.First["path"] == (string?)p.Second["path"])
            .Select(static p => $"{((string)p.Second["path"]!).Replace("/spec/template/spec/containers/0/resources/", "", StringComparison.Ordinal)} {p.First["value"]} {p.Second["value"]}");
    }

    [Fact]
    public void SetResources_asks_which_container_when_several_could_be_meant()
    {
        string two = """{"spec":{"containers":[{"name":"a","resources":{"limits":{"memory":"1Mi"}}},{"name":"b","resources":{"limits":{"memory":"1Mi"}}}]}}""";
        Situation situation = Sample.Broken with { Workload = Sample.Workload with { TemplateJson = two } };
        Sample.Plan(new SetResourcesAction(), situation, null, ("memoryMax", "1Gi"))
            .Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.ContainerUnknown);

        PodFacts killed = new()
        {
            Ref = new() { Kind = "Pod", Name = "web-1" },
            Containers = [new() { Name = "b", LastTermination = new("OOMKilled", 137, "", null, Sample.Now) }],
        };
        ActionResult.Planned plan = (ActionResult.Planned)Sample.Plan(new SetResourcesAction(), situation with { Pods = [killed] }, null, ("memoryMax", "1Gi"));
        plan.Summary.Should().Contain("container b");
    }

    [Fact]
    public void RestoreConfig_puts_back_what_was_applied_and_its_inverse_what_is_there()
    {
        ActionResult.Planned plan = (ActionResult.Planned)Sample.Plan(new RestoreConfigAction(), Drifted(("mode", "b"), ("extra", "1")), Config);
        plan.Forward[0].Body.Should().Be("""[{"op":"add","path":"/data","value":{"mode":"a"}}]""");
        plan.Inverse[0].Body.Should().Be("""[{"op":"add","path":"/data","value":{"extra":"1","mode":"b"}}]""");
        plan.Summary.Should().Contain("2 keys").And.Contain("extra, mode");
    }

    [Fact]
    public void RestoreConfig_refuses_without_drift_and_without_a_declaration()
    {
        Sample.Plan(new RestoreConfigAction(), Drifted(("mode", "a")), Config).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.NoDrift);
        Situation undeclared = new() { Subject = Config, ConfigMaps = [new() { Ref = Config }] };
        Sample.Plan(new RestoreConfigAction(), undeclared, Config).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.NotDeclared);
    }

    [Theory]
    [InlineData("three bad nights", "old,new", "new,old")]
    [InlineData("a good night between", "old,good,new", "new")]
    [InlineData("the last one was good", "old,good", "")]
    public void DeleteFailedJob_deletes_what_keeps_the_CronJob_in_trouble(string situation, string nights, string deleted)
    {
        JobFacts[] jobs = [.. nights.Split(',').Select((name, day) => name == "good" ? Job(name, day, "False") with { Conditions = [new("Complete", ConditionStatus.True, "", "", null)] } : Job(name, day, "True"))];
        Situation seen = new() { Subject = Cron, CronJob = new() { Ref = Cron }, Jobs = [.. jobs, Job("running", 9, "False")] };
        ActionResult.Planned? plan = Sample.Plan(new DeleteFailedJobAction(), seen) as ActionResult.Planned;
        string.Join(',', (plan?.Forward ?? []).Select(static m => m.Target.Name)).Should().Be(deleted, situation);
        (plan?.Forward ?? []).Should().NotContain(static m => m.Verb != MutationVerb.Delete || m.Target.Uid != m.Target.Name + "-uid");
        Situation after = seen with { Jobs = [.. seen.Jobs.Where(j => plan?.Forward.Any(m => m.Target.Uid == j.Ref.Uid) != true)] };
        new JobFailedDetector().Detect(after, Sample.Now).Findings.Should().BeEmpty("else the signal goes on");
        TargetHealth.Of(Cron, after).IsHealthy.Should().BeTrue();
        (plan?.Irreversible ?? "gone for good").Should().Contain("gone for good");
    }

    [Fact]
    public void DeleteFailedJob_leaves_a_heap_of_them_to_humans()
    {
        Situation heap = new() { Subject = Cron, CronJob = new() { Ref = Cron }, Jobs = [.. Enumerable.Range(1, 21).Select(static n => Job($"j{n}", n, "True"))] };
        Sample.Plan(new DeleteFailedJobAction(), heap).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.TooLarge);
    }

    [Fact]
    public void DeleteFailedJob_never_touches_a_job_that_no_cronjob_made_or_that_has_not_failed()
    {
        JobFacts alone = Job("alone", 1, "True") with { Controller = null };
        Situation situation = new() { Subject = Cron, CronJob = new() { Ref = Cron }, Jobs = [alone, Job("running", 2, "False")] };
        Sample.Plan(new DeleteFailedJobAction(), situation).Should().BeOfType<ActionResult.Refused>().Which.Reason.Should().Be(ActionReasons.NoFailedJob);
    }

    /// <summary>A value that is fine for each parameter without a default.</summary>
    // Where no runbook of the library uses an action, and it is not for a rollout that failed.
    private static Situation FitFor(string action) => action switch
    {
        "Drain" => RunbookFitTests.Situation("Drain") with { Node = NodeActionTests.Node(true).Node },
        "TriggerCronJob" => new() { Subject = Cron, CronJob = new() { Ref = Cron, JobTemplateJson = """{"spec":{"template":{"spec":{"containers":[]}}}}""" } },
        "UntaintNode" => NodeActionTests.Node(false, new TaintFacts("example.com/why", "", "NoSchedule")),
        "SuspendJob" or "ResumeJob" => new() { Subject = Cron with { Kind = "Job" }, Jobs = [new() { Ref = Cron with { Kind = "Job" }, Suspended = action == "ResumeJob" }] },
        _ => RunbookFitTests.Situation(action),
    };

    private static (string, string)[] Needed(IAction action)
    {
        (string Name, string Value)[] needed = [.. action.Parameters.Where(static p => p.Default is null || p.Name is "memoryMax" or "ceiling").Select(static p => (p.Name, ValueOf(p.Name)))];
        action.Problem(RunbookValidator.Parameters(new() { With = needed.ToImmutableSortedDictionary(static n => n.Name, static n => n.Value) }, action)).Should().BeNull();
        needed.Where(n => action.Parameters.Single(p => p.Name == n.Name).Problem(n.Value) is not null).Should().BeEmpty();
        return needed;
    }

    private static string ValueOf(string parameter) => parameter switch { "replicas" => "5", "memoryMax" => "1Gi", "image" => "web:3", "name" => "MODE", "key" => "example.com/why", "ceiling" => "20", "max" => "20Gi", "value" => "5", "path" => "/spec/template/spec/terminationGracePeriodSeconds", _ => "safe" };

    private static Situation Memory(string? limit, string? request)
    {
        JsonObject resources = [];
        if (limit is not null)
        {
            resources["limits"] = new JsonObject { ["memory"] = limit };
        }

        if (request is not null)
        {
            resources["requests"] = new JsonObject { ["memory"] = request };
        }

        JsonObject container = new() { ["name"] = "app", ["resources"] = resources };
        JsonObject template = new() { ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) } };
        return Sample.Broken with { Workload = Sample.Workload with { TemplateJson = template.ToJsonString() } };
    }

    private static Situation Drifted(params (string Key, string Value)[] data) => new()
    {
        Subject = Config,
        ConfigMaps =
        [
            new()
            {
                Ref = Config,
                Data = data.ToImmutableSortedDictionary(static d => d.Key, static d => d.Value),
                DeclaredData = ImmutableSortedDictionary<string, string>.Empty.Add("mode", "a"),
            },
        ],
    };

    private static JobFacts Job(string name, int age, string failed) => new()
    {
        Ref = new() { ApiVersion = "batch/v1", Kind = "Job", Namespace = "shop", Name = name, Uid = name + "-uid" },
        Controller = new() { Kind = "CronJob", Name = "report", Uid = "cron-uid" },
        CreatedAt = Sample.Now.AddMinutes(age),
        Conditions = [new("Failed", Enum.Parse<ConditionStatus>(failed), "BackoffLimitExceeded", "", null)],
    };
}
