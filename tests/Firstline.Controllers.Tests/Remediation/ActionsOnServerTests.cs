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

/// <summary>Each action as the executor sends it to an API server: the change is made, and its inverse leaves the spec as it was.</summary>
public sealed class ActionsOnServerTests
{
    private const string Template = """
        "template":{"metadata":{"labels":{"app":"api"}},"spec":{"containers":[{"name":"app","image":"api:1","resources":{"limits":{"cpu":"250m","memory":"512Mi"}}ENV}]}}
        """;
    private const string Workload = """{"apiVersion":"apps/v1","kind":"KIND","metadata":{"name":"api"},"spec":{PAUSED"replicas":2,"selector":{"matchLabels":{"app":"api"}},""" + Template + "}}";
    private const string Cron = """{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"api"},"spec":{"schedule":"0 3 * * *","suspend":SUSPEND,"jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"app","image":"api:1"}]}}}}}}""";

    private const string Import = """{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"api"},"spec":{"suspend":SUSPEND,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"app","image":"api:1"}]}}}}""";

    [Theory]
    // action          kind           object                     parameters             the field that it changes, and its value then
    [InlineData("RolloutPause", "Deployment", "", "", "paused", "true")]
    [InlineData("RolloutResume", "Deployment", "paused", "", "paused", "false")]
    [InlineData("SuspendCronJob", "CronJob", "false", "", "suspend", "true")]
    [InlineData("ResumeCronJob", "CronJob", "true", "", "suspend", "false")]
    [InlineData("SuspendJob", "Job", "false", "", "suspend", "true")]
    [InlineData("ResumeJob", "Job", "true", "", "suspend", "false")]
    [InlineData("SetReplicas", "StatefulSet", "", "replicas=5", "replicas", "5")]
    [InlineData("SetImage", "Deployment", "", "image=api:2", "template.spec.containers.0.image", "\"api:2\"")]
    [InlineData("SetImage", "StatefulSet", "", "image=api:2", "template.spec.containers.0.image", "\"api:2\"")]
    [InlineData("SetResources", "Deployment", "", "memoryMax=1Gi", "template.spec.containers.0.resources.limits.memory", "\"768Mi\"")]
    [InlineData("SetResources", "Deployment", "", "memoryFactor=2,memoryMax=1Gi", "template.spec.containers.0.resources.limits.memory", "\"1Gi\"")]
    [InlineData("SetResources", "StatefulSet", "", "memoryFactor=0.5,memoryMin=64Mi", "template.spec.containers.0.resources.limits.memory", "\"256Mi\"")]
    [InlineData("SetResources", "Deployment", "", "cpuFactor=0.3,cpuMin=1m", "template.spec.containers.0.resources.limits.cpu", "\"75m\"")]
    [InlineData("SetEnv", "Deployment", "", "name=MODE,value=safe", "template.spec.containers.0.env", """[{"name":"MODE","value":"safe"}]""")]
    [InlineData("SetEnv", "Deployment", ""","env":[{"name":"A","value":"1"}]""", "name=MODE,value=", "template.spec.containers.0.env.1.name", "\"MODE\"")]
    [InlineData("SetEnv", "Deployment", ""","env":[{"name":"MODE","value":"fast"},{"name":"P","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}]""", "name=MODE,value=safe", "template.spec.containers.0.env.0.value", "\"safe\"")]
    [InlineData("PatchResource", "Deployment", "", "path=/spec/template/spec/containers/app/resources/limits/memory;value=\"640Mi\"", "template.spec.containers.0.resources.limits.memory", "\"640Mi\"")]
    [InlineData("PatchResource", "Deployment", "", "path=/spec/template/spec/containers/app/resources/limits/memory;value=\"1024Mi\"", "template.spec.containers.0.resources.limits.memory", "\"1Gi\"")]
    [InlineData("PatchResource", "Deployment", "", "path=/spec/template/spec/containers/app/resources/limits/cpu;value=\"0.5\"", "template.spec.containers.0.resources.limits.cpu", "\"500m\"")]
    [InlineData("PatchResource", "StatefulSet", "", "path=/spec/template/spec/terminationGracePeriodSeconds;value=60", "template.spec.terminationGracePeriodSeconds", "60")]
    [InlineData("PatchResource", "CronJob", "false", "path=/spec/jobTemplate/spec/backoffLimit;value=2", "jobTemplate.spec.backoffLimit", "2")]
    [InlineData("AdjustHpa", "HorizontalPodAutoscaler", "", "ceiling=8", "maxReplicas", "3")]
    [InlineData("AdjustHpa", "HorizontalPodAutoscaler", "", "bound=min,ceiling=8,factor=2", "minReplicas", "2")]
    [InlineData("AdjustHpa", "HorizontalPodAutoscaler", "", "factor=0.5,floor=1", "maxReplicas", "1")]
    public async Task A_change_is_made_and_its_inverse_leaves_the_spec_as_it_was(string name, string kind, string detail, string parameters, string field, string expected)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        ResourceType type = BuiltinTypes.Find(kind)!;
        await world.Client.CreateAsync(type, "shop", Encoding.UTF8.GetBytes(Manifest(kind, detail)), world.Patience);
        KubeResponse before = await world.Client.GetAsync(type, new("shop", "api"), world.Patience);
        Situation situation = Read(type, before, parameters);
        RemediationRequest request = RequestOf(ActionCatalogue.Find(name)!, situation, parameters);

        await SendAsync(world, request, PlanDirection.Forward);
        JsonObject changed = (await world.Client.GetAsync(type, new("shop", "api"), world.Patience)).ReadTree();
        field.Split('.').Aggregate(changed["spec"], static (node, key) => node is JsonArray list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] : node?[key])!
            .ToJsonString().Should().Be(expected);

        FreshObject after = FreshObject.Read(changed);
        StepRecord record = new() { Name = "s", State = StepState.Applied, AppliedAt = DateTimeOffset.UnixEpoch, Generation = after.Generation, ContentHash = after.ContentHash };
        RemediationRequest sent = request with { Status = new() { Steps = [record] } };
        await SendAsync(world, sent, PlanDirection.Inverse);
        JsonObject undone = (await world.Client.GetAsync(type, new("shop", "api"), world.Patience)).ReadTree();
        JsonNode.DeepEquals(Normal(undone["spec"]), Normal(before.ReadTree()["spec"])).Should().BeTrue($"{undone["spec"]} should be {before.ReadTree()["spec"]}");
    }

    [Theory]
    [InlineData("Annotate", "annotations")]
    [InlineData("Label", "labels")]
    public async Task A_note_is_set_and_taken_away_again(string action, string field)
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await world.Client.CreateAsync(RemediationWorld.Deployments, "shop", Encoding.UTF8.GetBytes(Manifest("Deployment", "")), world.Patience);
        Situation situation = Read(RemediationWorld.Deployments, await world.Client.GetAsync(RemediationWorld.Deployments, new("shop", "api"), world.Patience));
        RemediationRequest request = RequestOf(ActionCatalogue.Find(action)!, situation, "key=example.com/a.b,value=x");
        await SendAsync(world, request, PlanDirection.Forward);
        ((string?)(await NotesAsync(world, field))?["example.com/a.b"]).Should().Be("x");
        await SendAsync(world, request with { Status = new() { Steps = [new() { Name = "s", State = StepState.Applied, AppliedAt = DateTimeOffset.UnixEpoch, Generation = 1 }] } }, PlanDirection.Inverse);
        (await NotesAsync(world, field))?["example.com/a.b"].Should().BeNull();
    }

    private static async Task<JsonNode?> NotesAsync(RemediationWorld world, string field) =>
        (await world.Client.GetAsync(RemediationWorld.Deployments, new("shop", "api"), world.Patience)).ReadTree()["metadata"]![field];

    [Fact]
    public async Task A_claim_asks_for_more_once()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        const string Claim = """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"fast","volumeName":"v","resources":{"requests":{"storage":"10Gi"}}}}""";
        await world.Client.CreateAsync(BuiltinTypes.Claims, "shop", Encoding.UTF8.GetBytes(Claim), world.Patience);
        KubeResponse bound = await world.Client.PatchAsync(
            BuiltinTypes.Claims, new("shop", "data"), Patch.Merge((JsonObject)JsonNode.Parse("""{"status":{"phase":"Bound","capacity":{"storage":"10Gi"}}}""")!), world.Patience,
            new WriteOptions { Subresource = "status" });
        ClaimFacts claim = StorageProjection.ReadClaim(bound.Body.Span) with { IsExpandable = true };
        RemediationRequest request = RequestOf(new ExpandPvcAction(), new() { Subject = claim.Ref, Claim = claim }, "max=100Gi");
        await SendAsync(world, request, PlanDirection.Forward);
        await SendAsync(world, request, PlanDirection.Forward);   // as after a crash
        ((string?)(await world.Client.GetAsync(BuiltinTypes.Claims, new("shop", "data"), world.Patience)).ReadTree()["spec"]!["resources"]!["requests"]!["storage"]).Should().Be("15Gi");
    }

    [Fact]
    public async Task DeletePod_deletes_that_very_pod()
    {
        await using RemediationWorld world = await RemediationWorld.StartAsync();
        await world.Client.CreateAsync(RemediationWorld.Deployments, "shop", Encoding.UTF8.GetBytes(Manifest("Deployment", "")), world.Patience);
        const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"api-1"},"spec":{"containers":[{"name":"app","image":"api:1"}]}}""";
        KubeResponse created = await world.Client.CreateAsync(BuiltinTypes.Pods, "shop", Encoding.UTF8.GetBytes(Pod), world.Patience);
        PodFacts pod = PodProjection.Read(created.Body.Span);
        Situation situation = Read(BuiltinTypes.Deployments, await world.Client.GetAsync(RemediationWorld.Deployments, new("shop", "api"), world.Patience)) with
        {
            Pods =
            [
                pod with { Ref = pod.Ref with { Name = "api-2", Uid = "other" }, Conditions = [new("Ready", ConditionStatus.True, "", "", null)] },
                pod with { Controller = new(), Containers = [pod.Containers[0] with { State = new ContainerState.Waiting("CrashLoopBackOff", "") }] },
            ],
        };
        RemediationRequest request = RequestOf(new DeletePodAction(), situation, "");

        await SendAsync(world, request, PlanDirection.Forward);
        await SendAsync(world, request, PlanDirection.Forward);   // as after a crash

        Func<Task> look = () => world.Client.GetAsync(BuiltinTypes.Pods, new("shop", "api-1"), world.Patience);
        (await look.Should().ThrowAsync<KubeException>()).Which.Kind.Should().Be(KubeErrorKind.NotFound);
    }

    private const string Scaler = """{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"api"},"spec":{"maxReplicas":2,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"api"}}}""";

    private static string Manifest(string kind, string detail) => kind == "HorizontalPodAutoscaler" ? Scaler : kind is "CronJob" or "Job"
        ? (kind == "Job" ? Import : Cron).Replace("SUSPEND", detail, StringComparison.Ordinal)
        : Workload.Replace("KIND", kind, StringComparison.Ordinal)
            .Replace("PAUSED", detail == "paused" ? "\"paused\":true," : "", StringComparison.Ordinal)
            .Replace("ENV", detail == "paused" ? "" : detail, StringComparison.Ordinal);

    private static Situation Read(ResourceType type, KubeResponse answer, string parameters = "")
    {
        if (type == BuiltinTypes.Autoscalers)
        {
            AutoscalerFacts scaler = ScalingProjection.ReadAutoscaler(answer.Body.Span);
            return new() { Subject = scaler.Ref, Autoscaler = scaler with { Current = parameters.Contains("bound=min", StringComparison.Ordinal) || parameters.Contains("floor=", StringComparison.Ordinal) ? scaler.Least : scaler.Most } };
        }

        if (type == BuiltinTypes.Jobs)
        {
            JobFacts job = JobProjection.ReadJob(answer.Body.Span);
            return new() { Subject = job.Ref, Jobs = [job] };
        }

        if (type == BuiltinTypes.CronJobs)
        {
            CronJobFacts cron = JobProjection.ReadCronJob(answer.Body.Span);
            return new() { Subject = cron.Ref, CronJob = cron };
        }

        WorkloadFacts workload = WorkloadProjection.Read(type, answer.Body.Span);
        return new() { Subject = workload.Ref, Workload = workload };
    }

    private static RemediationRequest RequestOf(IAction action, Situation situation, string parameters)
    {
        RunbookStep step = new()
        {
            Name = "s",
            Action = action.Name,
            With = parameters.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=')).ToImmutableSortedDictionary(static p => p[0], static p => p[1]),
        };
        ActionResult.Planned plan = action.Plan(new(situation.Subject, situation, RunbookValidator.Parameters(step, action), DateTimeOffset.UnixEpoch))
            .Should().BeOfType<ActionResult.Planned>().Subject;
        PlannedTarget target = PlannedTarget.Of(situation.Subject, situation);
        PlannedStep planned = new() { Name = "s", Action = action.Name, Summary = plan.Summary, Forward = plan.Forward, Inverse = plan.Inverse };
        return new()
        {
            Metadata = new() { Name = "r", Namespace = "shop", Uid = "r-uid" },
            Spec = new() { Plan = new() { Target = target.Ref, TargetGeneration = target.Generation, Steps = [planned] } },
        };
    }

    private static async Task SendAsync(RemediationWorld world, RemediationRequest request, PlanDirection direction) =>
        (await new PlanExecutor(world.Client, new AlwaysLeader()).SendAsync(request, request.Spec.Plan.Steps[0], direction, WriteMode.Commit, world.Patience))
            .Should().BeOfType<StepOutcome.Applied>();

    // The inverse of a switch that was not there says false where nothing was said: the same for the API server.
    private static JsonNode? Normal(JsonNode? spec)
    {
        JsonNode? copy = spec?.DeepClone();
        if (copy is JsonObject fields && fields["paused"] is JsonValue paused && !paused.GetValue<bool>())
        {
            fields.Remove("paused");
        }

        return copy;
    }
}
