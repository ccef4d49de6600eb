using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
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

/// <summary>The actions that make Jobs, as the executor sends them to an API server on which nothing runs them: each Job ends when the test says so.</summary>
public sealed class JobActionsOnServerTests
{
    private const string Pod = """{"metadata":{"labels":{"app":"report"}},"spec":{"restartPolicy":"Never","containers":[{"name":"app","image":"report:1"}]}}""";
    private const string Failed = """{"status":{"failed":1,"startTime":"2026-01-01T00:00:00Z","conditions":[{"type":"FailureTarget","status":"True"},{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"too often"}]}}""";
    private const string Complete = """{"status":{"succeeded":1,"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:00:09Z","conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}]}}""";

    [Fact]
    public async Task A_failed_Job_is_made_again_once_and_goes_when_the_new_one_has_succeeded()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await RetryAsync(world);
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Waiting>().Which.Message.Should().EndWith("runs");
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Waiting>("a restart finds the Job that was made");
        (await JobsAsync(world)).Should().HaveCount(2).And.Contain("import");
        (await LookAsync(world, request)).Should().BeOfType<StepOutcome.Waiting>();

        await EndAsync(world, request.Spec.Plan.Steps[0].Forward[0].Target.Name, Complete);
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        (await LookAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        (await JobsAsync(world)).Should().ContainSingle().Which.Should().StartWith("import-retry-");
    }

    [Fact]
    public async Task When_the_new_Job_fails_too_both_stay_with_exit_code_and_log()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await RetryAsync(world);
        await SendAsync(world, request);
        string name = request.Spec.Plan.Steps[0].Forward[0].Target.Name;
        JsonNode made = (await world.Client.GetAsync(BuiltinTypes.Jobs, new("shop", name), world.Patience)).ReadTree();
        await PodOfAsync(world, (string)made["metadata"]!["uid"]!);
        await EndAsync(world, name, Failed);

        StepOutcome.Failed failed = (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Failed>().Subject;
        (failed.Reason, failed.Message).Should().Be((Reasons.JobFailed, $"Job/{name} failed, exit code 3: BackoffLimitExceeded: too often"));
        failed.Output.Should().Be("no space left");
        (await JobsAsync(world)).Should().HaveCount(2);
    }

    [Theory]
    [InlineData("its kubelet is away", "log", KubeErrorKind.InternalError, 3)]
    [InlineData("its kubelet does not answer", "log", KubeErrorKind.Unreachable, 3)]
    [InlineData("logs may not be read", "log", KubeErrorKind.Forbidden, 3)]
    [InlineData("pods may not be listed", "", KubeErrorKind.Forbidden, null)]
    [InlineData("pods can't be listed now", "", KubeErrorKind.ServiceUnavailable, null)]
    public async Task What_a_Job_came_to_is_told_though_its_pod_cannot_be_read(string situation, string subresource, KubeErrorKind kind, int? exitCode)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await RetryAsync(world);
        await SendAsync(world, request);
        string name = request.Spec.Plan.Steps[0].Forward[0].Target.Name;
        JsonNode made = (await world.Client.GetAsync(BuiltinTypes.Jobs, new("shop", name), world.Patience)).ReadTree();
        await PodOfAsync(world, (string)made["metadata"]!["uid"]!);
        await EndAsync(world, name, Failed);

        RefusingClient client = new(world.Client, r => r.Type?.Kind == "Pod" && (r.Subresource ?? "") == subresource ? kind : null);
        StepOutcome outcome = await new PlanExecutor(client, new AlwaysLeader()).RecogniseAsync(request, request.Spec.Plan.Steps[0], world.Patience);
        StepOutcome.Failed failed = outcome.Should().BeOfType<StepOutcome.Failed>(situation).Subject;
        failed.Message.Should().Be($"Job/{name} failed{(exitCode is null ? "" : $", exit code {exitCode}")}: BackoffLimitExceeded: too often");
        failed.Output.Should().Contain("could not be read").And.Contain(kind.ToString());
    }

    [Theory]
    [InlineData("TriggerCronJob", "")]
    [InlineData("RunJob", "image=tool:1")]
    public async Task A_Job_is_accepted_by_the_API_server_and_waited_for(string action, string parameters)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        string cron = """{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"report"},"spec":{"schedule":"0 3 * * *","jobTemplate":{"spec":{"template":POD}}}}""".Replace("POD", Pod, StringComparison.Ordinal);
        CronJobFacts facts = JobProjection.ReadCronJob((await CreateAsync(world, BuiltinTypes.CronJobs, cron)).Body.Span);
        RemediationRequest request = RequestOf(ActionCatalogue.Find(action)!, new() { Subject = facts.Ref, CronJob = facts }, parameters);
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Waiting>();
        await EndAsync(world, (await JobsAsync(world)).Should().ContainSingle().Which, Complete);
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>().Which.Message.Should().EndWith("succeeded");
    }

    [Fact]
    public async Task The_changes_of_a_step_are_sent_one_per_call_so_that_the_kill_switch_is_asked_before_each()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        List<Mutation> deletions = [];
        foreach (string name in new[] { "mon", "tue" })
        {
            JobFacts job = JobProjection.ReadJob((await CreateAsync(world, BuiltinTypes.Jobs, $$$"""{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"{{{name}}}"},"spec":{"template":{{{Pod}}}}}""")).Body.Span);
            deletions.Add(new() { Verb = MutationVerb.Delete, Target = job.Ref });
        }

        PlannedStep step = new() { Name = "s", Action = "DeleteFailedJob", Summary = "delete both", Forward = [.. deletions], Inverse = [] };
        RemediationRequest request = new() { Metadata = new() { Name = "r", Namespace = "shop", Uid = "r-uid" }, Spec = new() { Plan = new() { Target = deletions[0].Target, Steps = [step] } } };
        StepOutcome.Waiting half = (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Waiting>().Subject;
        (half.Message, half.Again).Should().Be(("1 of 2 changes were made", TimeSpan.Zero));
        (await JobsAsync(world)).Should().Equal("tue");
        (await SendAsync(world, request)).Should().BeOfType<StepOutcome.Applied>();
        (await JobsAsync(world)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_dry_run_asks_for_all_changes_stores_none_and_waits_for_none()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await RetryAsync(world);
        (await SendAsync(world, request, WriteMode.DryRun)).Should().BeOfType<StepOutcome.Applied>();
        (await JobsAsync(world)).Should().Equal("import");
        await SendAsync(world, request);
        (await SendAsync(world, request, WriteMode.DryRun)).Should().BeOfType<StepOutcome.Applied>("the Job that runs is not followed");
        (await JobsAsync(world)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_Job_that_somebody_deleted_is_not_made_a_second_time()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        RemediationRequest request = await RetryAsync(world);
        await SendAsync(world, request);
        await world.DeleteAsync(BuiltinTypes.Jobs, new("shop", request.Spec.Plan.Steps[0].Forward[0].Target.Name));
        RemediationRequest known = request with { Status = new() { Steps = [new() { Name = "s", State = StepState.Intended, StartedAt = DateTimeOffset.UnixEpoch }] } };
        (await SendAsync(world, known)).Should().BeOfType<StepOutcome.Drifted>();
        (await JobsAsync(world)).Should().Equal("import");
    }

    private static async Task<RemediationRequest> RetryAsync(RemediationWorld world)
    {
        await CreateAsync(world, BuiltinTypes.Jobs, $$$"""{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"import"},"spec":{"template":{{{Pod}}}}}""");
        JobFacts job = JobProjection.ReadJob((await EndAsync(world, "import", Failed)).Body.Span);
        job.FailedSpecJson.Should().NotBeNull();
        return RequestOf(new RetryJobAction(), new() { Subject = job.Ref, Jobs = [job] }, "");
    }

    private static Task<KubeResponse> CreateAsync(RemediationWorld world, ResourceType type, string json) => world.Client.CreateAsync(type, "shop", Encoding.UTF8.GetBytes(json), world.Patience);

    private static Task<KubeResponse> EndAsync(RemediationWorld world, string job, string status) => world.Client.PatchAsync(
        BuiltinTypes.Jobs, new("shop", job), Patch.Merge((JsonObject)JsonNode.Parse(status)!), world.Patience, new WriteOptions { Subresource = "status" });

    private static async Task PodOfAsync(RemediationWorld world, string uid)
    {
        JsonObject pod = (JsonObject)JsonNode.Parse(Pod)!;
        pod["metadata"] = new JsonObject
        {
            ["name"] = "import-pod",
            ["labels"] = new JsonObject { ["controller-uid"] = uid },
            ["annotations"] = new JsonObject { ["fake/log.app"] = "no space left" },
        };
        await world.Client.CreateAsync(BuiltinTypes.Pods, "shop", Encoding.UTF8.GetBytes(pod.ToJsonString()), world.Patience);
        const string Status = """{"status":{"phase":"Failed","containerStatuses":[{"name":"app","image":"report:1","imageID":"","ready":false,"restartCount":0,"state":{"terminated":{"exitCode":3,"finishedAt":"2026-01-01T00:00:09Z"}}}]}}""";
        await world.Client.PatchAsync(BuiltinTypes.Pods, new("shop", "import-pod"), Patch.Merge((JsonObject)JsonNode.Parse(Status)!), world.Patience, new WriteOptions { Subresource = "status" });
    }

    private static async Task<ImmutableArray<string>> JobsAsync(RemediationWorld world) =>
        [.. (await world.Client.GetAsync(BuiltinTypes.Jobs, new("shop", ""), world.Patience)).ReadTree()["items"]!.AsArray().Select(static j => (string)j!["metadata"]!["name"]!)];

    private static RemediationRequest RequestOf(IAction action, Situation situation, string parameters)
    {
        RunbookStep step = new()
        {
            Name = "s",
            Action = action.Name,
            With = parameters.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=')).ToImmutableSortedDictionary(static p => p[0], static p => p[1]),
        };
        ActionResult.Planned plan = action.Plan(new(situation.Subject, situation, RunbookValidator.Parameters(step, action), DateTimeOffset.UnixEpoch))
            .Should().BeOfType<ActionResult.Planned>().Subject;
        PlannedStep planned = new() { Name = "s", Action = action.Name, Summary = plan.Summary, Forward = plan.Forward, Inverse = plan.Inverse };
        return new()
        {
            Metadata = new() { Name = "r", Namespace = "shop", Uid = "r-uid" },
            Spec = new() { Plan = new() { Target = situation.Subject, Steps = [planned] } },
        };
    }

    private static Task<StepOutcome> SendAsync(RemediationWorld world, RemediationRequest request, WriteMode mode = WriteMode.Commit) =>
        new PlanExecutor(world.Client, new AlwaysLeader()).SendAsync(request, request.Spec.Plan.Steps[0], PlanDirection.Forward, mode, world.Patience);

    private static Task<StepOutcome> LookAsync(RemediationWorld world, RemediationRequest request) =>
        new PlanExecutor(world.Client, new AlwaysLeader()).RecogniseAsync(request, request.Spec.Plan.Steps[0], world.Patience);
}
