using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using Firstline.Testing;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests;

/// <summary>Runbooks that wait for a human: the simulation, or somebody in it, breaks something, a signal tells it, the runbook is approved and mends it.</summary>
public sealed class RehearsalTests : LoopTest
{
    private const string NodeName = "sim-node-1";
    private static readonly ResourceType Nodes = new("", "v1", "Node", "nodes", ResourceScope.Cluster);
    private static readonly ResourceType Pods = new("", "v1", "Pod", "pods", ResourceScope.Namespaced);
    private static readonly ResourceType Jobs = new("batch", "v1", "Job", "jobs", ResourceScope.Namespaced);
    private static readonly ResourceType ConfigMaps = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced);
    private static readonly ResourceType Claims = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", ResourceScope.Namespaced);
    private static readonly ResourceType StorageClasses = new("storage.k8s.io", "v1", "StorageClass", "storageclasses", ResourceScope.Cluster);
    private static readonly ResourceType Scalers = new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", ResourceScope.Namespaced);
    private static readonly ResourceType CronJobs = new("batch", "v1", "CronJob", "cronjobs", ResourceScope.Namespaced);

    private const string Web =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: app, image: registry.example/web:1, livenessProbe: {httpGet: {path: /live, port: 8080}, periodSeconds: 5, timeoutSeconds: 1}}]
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web, namespace: shop}
        spec:
          minAvailable: 2
          selector: {matchLabels: {app: web}}
        """;

    private const string Import =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: database, namespace: shop}
        data: {state: down}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: import, namespace: shop}
        spec:
          backoffLimit: 0
          template:
            metadata:
              annotations: {sim.firstline.dev/crash-when: "configmap:database/state=down", sim.firstline.dev/exit-after: 1s}
            spec:
              restartPolicy: Never
              containers: [{name: app, image: registry.example/import:1}]
        """;

    private const string Nightly =
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly, namespace: shop}
        spec:
          schedule: "0 3 1 1 *"
          suspend: true
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: app, image: registry.example/nightly:1}]
        """;

    private const string Disks = """{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"fast"},"provisioner":"registry.example/disks","allowVolumeExpansion":true}""";

    private const string Full =
        """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"fast","volumeName":"disk-1","resources":{"requests":{"storage":"10Gi"}}}}""";

    private const string Scaler =
        """{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"web"},"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}""";

    [Fact]
    public async Task A_node_that_is_not_ready_is_drained_as_budgets_allow_and_its_incident_stays_open()
    {
        await Loop.ApplyAsync(Web);
        await Loop.HealthyAsync("web");
        await AlertAsync("KubeNodeNotReady", null, ("node", NodeName));
        RemediationRequest waiting = await Loop.WaitingAsync(NodeName);
        waiting.Spec.Runbook.Name.Should().Be("drain-unready-node");
        (await SpecAsync(Nodes, NodeName))["unschedulable"].Should().BeNull("nothing is changed before a human says so");
        await Loop.ApproveAsync(waiting, "alice");

        await Loop.RequestAsync(NodeName, "succeeded", static r => r.Status?.Outcome == RemediationOutcome.Succeeded);
        (await SpecAsync(Nodes, NodeName))["unschedulable"]!.GetValue<bool>().Should().BeTrue();
        (await Loop.HealthyAsync("web")).Ready.Should().Be(3);
        JsonArray pods = (await Loop.GetAsync(Pods, ""))["items"]!.AsArray();
        pods.Where(static p => p!["metadata"]!["deletionTimestamp"] is null).Select(static p => p!["spec"]!["nodeName"]!.GetValue<string>()).Should().NotContain(NodeName);
        Loop.Incidents.All.Single(static i => i.Spec.Target.Name == NodeName).Status!.Conditions.Should().NotContain(
            static c => c.Type == ConditionTypes.Resolved && c.Status == ConditionStatus.True, "contained is not resolved: its signal still fires");
    }

    [Fact]
    public async Task A_failed_Job_is_run_again_and_goes_when_that_has_succeeded()
    {
        await Loop.ApplyAsync(Import);
        RemediationRequest waiting = await Loop.WaitingAsync("import");
        waiting.Spec.Runbook.Name.Should().Be("retry-failed-job");
        await Loop.PatchAsync(ConfigMaps, "database", """{"data":{"state":"up"}}""");
        await Loop.ApproveAsync(waiting, "alice");

        await Loop.ResolvedAsync("import");
        JsonNode left = (await Loop.GetAsync(Jobs, ""))["items"]!.AsArray().Should().ContainSingle().Subject!;
        left["metadata"]!["name"]!.GetValue<string>().Should().StartWith("import-retry-");
        left["status"]!["succeeded"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task What_somebody_forgot_is_taken_up_again_after_approval()
    {
        await Loop.ApplyAsync(Web);
        await Loop.ApplyAsync(Nightly);
        await Loop.HealthyAsync("web");
        await Loop.PatchAsync(WorkloadView.Deployments, "web", """{"spec":{"replicas":0}}""");
        await Loop.PatchAsync(Nodes, NodeName, """{"spec":{"unschedulable":true}}""");

        await MendAsync("web", "wake-workload-scaled-to-zero", "ScaledToZero", ("deployment", "web"));
        await MendAsync("nightly", "resume-forgotten-cronjob", "JobSuspended", ("cronjob", "nightly"));
        await MendAsync(NodeName, "uncordon-forgotten-node", "NodeCordoned", ("node", NodeName));

        (await SpecAsync(WorkloadView.Deployments, "web"))["replicas"]!.GetValue<int>().Should().Be(1);
        ((await SpecAsync(CronJobs, "nightly"))["suspend"]?.GetValue<bool>() ?? false).Should().BeFalse();
        ((await SpecAsync(Nodes, NodeName))["unschedulable"]?.GetValue<bool>() ?? false).Should().BeFalse();
    }

    [Theory]
    [InlineData("resume-paused-rollout", "RolloutStuck", """{"spec":{"paused":true}}""", "paused", "false")]
    [InlineData("restart-after-certificate-renewal", "CertExpired", null, "template.metadata.annotations.kubectl.kubernetes.io/restartedAt", null)]
    [InlineData("restart-after-secret-rotation", "StaleSecret", null, "template.metadata.annotations.kubectl.kubernetes.io/restartedAt", null)]
    [InlineData("renew-service-account-tokens", "InvalidCredentials", null, "template.metadata.annotations.kubectl.kubernetes.io/restartedAt", null)]
    [InlineData("relax-strict-liveness-probe", "LivenessProbeMisconfigured", null, "template.spec.containers.0.livenessProbe.timeoutSeconds", "5")]
    [InlineData("undo-change-that-lacks-config", "MissingEnvVar", """{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"registry.example/web:2"}]}}}}""", "template.spec.containers.0.image", "\"registry.example/web:1\"")]
    public async Task A_workload_is_mended_after_approval_and_stays_healthy(string runbook, string cause, string? breaking, string field, string? value)
    {
        await Loop.ApplyAsync(Web);
        await Loop.HealthyAsync("web");
        if (breaking is not null)
        {
            await Loop.PatchAsync(WorkloadView.Deployments, "web", breaking);
        }

        await MendAsync("web", runbook, cause, ("deployment", "web"));

        (await Loop.HealthyAsync("web")).Ready.Should().Be(3);
        JsonNode? found = At(await SpecAsync(WorkloadView.Deployments, "web"), field);
        (found is null ? "false" : value is null ? null : found.ToJsonString()).Should().Be(value);
    }

    [Fact]
    public async Task A_change_that_lacks_its_ConfigMap_is_undone_as_the_bad_rollout_that_it_is()
    {
        await Loop.ApplyAsync(Web);
        await Loop.HealthyAsync("web");
        await Loop.PatchAsync(WorkloadView.Deployments, "web",
            """{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"registry.example/web:1","env":[{"name":"MODE","valueFrom":{"configMapKeyRef":{"name":"modes","key":"mode"}}}]}]}}}}""");

        await Loop.ResolvedAsync("web");
        RemediationRequest ended = Loop.Requests.All.Should().ContainSingle().Subject;
        (ended.Spec.Runbook.Name, ended.Spec.Level, ended.Status!.Outcome).Should().Be(("undo-bad-rollout", RemediationLevel.L1, RemediationOutcome.Succeeded));
        At(await SpecAsync(WorkloadView.Deployments, "web"), "template.spec.containers.0.env").Should().BeNull();
    }

    [Fact]
    public async Task One_pod_that_crashes_is_replaced_after_approval_and_its_siblings_stay()
    {
        const string Cause = "CrashLoop-AppError";
        await Loop.ApplyAsync(Web);
        await Loop.HealthyAsync("web");
        string[] before = await PodNamesAsync();
        await Loop.PatchAsync(Pods, before[0], """{"metadata":{"annotations":{"sim.firstline.dev/crash-when":"always"}}}""");
        await Loop.BrokenAsync("web");
        await AlertAsync("PodInTrouble", Cause, ("deployment", "web"));
        RemediationRequest waiting = await Loop.WaitingAsync("web");
        waiting.Spec.Runbook.Name.Should().Be("replace-crashing-pod");
        await Loop.ApproveAsync(waiting, "alice");
        await Loop.RequestAsync("web", "carried out", static r => r.Status?.Steps is [{ AppliedAt: not null }]);
        await AlertAsync("PodInTrouble", Cause, ("deployment", "web"), ("", "resolved"));
        await Loop.ResolvedAsync("web");
        (await PodNamesAsync()).Intersect(before).Should().BeEquivalentTo(before[1..]);
    }

    [Fact]
    public async Task A_pod_whose_sandbox_can_not_be_made_is_evicted_after_approval_and_starts_on_another_node()
    {
        await Loop.CreateAsync(Nodes, """{"metadata":{"name":"broken"}}""");
        await Loop.PatchAsync(Nodes, "broken", """{"status":{"allocatable":{"cpu":"4","memory":"16Gi","pods":"110"},"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":""}]}}""", "status");
        await CordonOthersAsync("true");
        await Loop.ApplyAsync(Web.Replace("replicas: 3", "replicas: 1", StringComparison.Ordinal).Replace("minAvailable: 2", "minAvailable: 0", StringComparison.Ordinal));
        string stuck = await Loop.PodAsync("web");
        string since = Loop.Now.AddMinutes(-10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await Loop.PatchAsync(Pods, stuck, $$"""{"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"True","lastTransitionTime":"{{since}}"}],"containerStatuses":[{"name":"app","image":"registry.example/web:1","imageID":"","ready":false,"restartCount":0,"state":{"waiting":{"reason":"ContainerCreating"} } }] } }""", "status");
        await CordonOthersAsync("false");
        await Loop.IncidentAsync("web", "seen to be stuck", static i => i.Status?.Signals.IsEmpty == false);

        await MendAsync("web", "evict-pod-stuck-on-node", "SandboxCreationFailed", ("deployment", "web"));

        (await Loop.HealthyAsync("web")).Ready.Should().Be(1);
        (await Loop.GetAsync(Pods, ""))["items"]!.AsArray().Where(static p => p!["metadata"]!["deletionTimestamp"] is null).Should().ContainSingle()
            .Which!["spec"]!["nodeName"]!.ToString().Should().StartWith("sim-node-", "nobody starts pods on the broken one");
    }

    private async Task CordonOthersAsync(string isCordoned)
    {
        foreach (int number in Enumerable.Range(1, 3))
        {
            await Loop.PatchAsync(Nodes, $"sim-node-{number}", $"{{\"spec\":{{\"unschedulable\":{isCordoned}}}}}");
        }
    }

    private async Task<string[]> PodNamesAsync() => [.. (await Loop.GetAsync(Pods, ""))["items"]!.AsArray().Select(static p => p!["metadata"]!["name"]!.GetValue<string>())];

    [Fact]
    public async Task A_full_volume_is_expanded_after_approval()
    {
        await Loop.CreateAsync(StorageClasses, Disks);
        await Loop.CreateAsync(Claims, Full);
        await Loop.PatchAsync(Claims, "data", """{"status":{"phase":"Bound","capacity":{"storage":"10Gi"}}}""", "status");
        await AlertAsync("VolumeFull", "DiskFull", ("persistentvolumeclaim", "data"));
        RemediationRequest waiting = await Loop.WaitingAsync("data");
        waiting.Spec.Runbook.Name.Should().Be("expand-full-volume");
        await Loop.ApproveAsync(waiting, "alice");
        await Loop.RequestAsync("data", "carried out", static r => r.Status?.Steps is [{ AppliedAt: not null }]);
        At(await SpecAsync(Claims, "data"), "resources.requests.storage")!.ToString().Should().Be("15Gi");

        await Loop.PatchAsync(Claims, "data", """{"status":{"capacity":{"storage":"15Gi"}}}""", "status");
        await AlertAsync("VolumeFull", "DiskFull", ("persistentvolumeclaim", "data"), ("", "resolved"));
        await Loop.ResolvedAsync("data");
    }

    [Fact]
    public async Task The_bound_of_an_autoscaler_is_raised_after_approval()
    {
        await Loop.ApplyAsync(Web);
        await Loop.CreateAsync(Scalers, Scaler);
        await Loop.PatchAsync(Scalers, "web",
            $$"""{"status":{"currentReplicas":3,"desiredReplicas":3,"conditions":[{"type":"ScalingLimited","status":"True","reason":"TooManyReplicas","message":"the desired replica count is more than the maximum","lastTransitionTime":"{{Since(TimeSpan.FromMinutes(31))}}"}]} }""", "status");
        RemediationRequest waiting = await Loop.WaitingAsync("web");
        (waiting.Spec.Runbook.Name, waiting.Spec.Hypothesis.Cause).Should().Be(("raise-autoscaler-bound", "HPA-AtMaximum"));
        await Loop.ApproveAsync(waiting, "alice");
        await Loop.ResolvedAsync("web");
        (await SpecAsync(Scalers, "web"))["maxReplicas"]!.GetValue<int>().Should().Be(5);
    }

    [Fact]
    public async Task A_node_short_of_memory_is_kept_from_new_pods_after_approval_until_it_is_well()
    {
        await Loop.CreateAsync(Nodes, """{"metadata":{"name":"squeezed"}}""");
        await KubeletSaysAsync("MemoryPressure", "True");

        RemediationRequest waiting = await Loop.WaitingAsync("squeezed");
        (waiting.Spec.Runbook.Name, waiting.Spec.Hypothesis.Cause).Should().Be(("cordon-node-short-of-memory", "NodePressure-Memory"));
        await Loop.ApproveAsync(waiting, "alice");
        await Loop.RequestAsync("squeezed", "carried out", static r => r.Status?.Steps is [{ AppliedAt: not null }]);
        (await SpecAsync(Nodes, "squeezed"))["unschedulable"]!.GetValue<bool>().Should().BeTrue();

        await KubeletSaysAsync("MemoryPressure", "False");
        await Loop.ResolvedAsync("squeezed");
    }

    [Fact]
    public async Task A_node_short_of_disk_is_tainted_after_approval()
    {
        await MendAsync(NodeName, "taint-node-short-of-disk", "NodePressure-Disk", ("node", NodeName));
        At(await SpecAsync(Nodes, NodeName), "taints.0.effect")!.ToString().Should().Be("PreferNoSchedule");
    }

    private Task KubeletSaysAsync(string condition, string status) => Loop.PatchAsync(Nodes, "squeezed",
        $$"""{"status":{"conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":"","lastTransitionTime":"{{Since(TimeSpan.Zero)}}"},{"type":"{{condition}}","status":"{{status}}","reason":"Kubelet","message":"","lastTransitionTime":"{{Since(TimeSpan.Zero)}}"}]} }""", "status");

    private string Since(TimeSpan ago) => (Loop.Now - ago).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("suspend-runaway-cronjob", "JobNeverCompletes")]
    [InlineData("free-quota-of-cronjob", "QuotaExceeded")]
    public async Task A_CronJob_starts_no_more_after_approval(string runbook, string cause)
    {
        await Loop.ApplyAsync(Nightly.Replace("suspend: true", "suspend: false", StringComparison.Ordinal));
        await MendAsync("nightly", runbook, cause, ("cronjob", "nightly"));
        (await SpecAsync(CronJobs, "nightly"))["suspend"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public void Every_runbook_of_the_library_has_a_rehearsal()
    {
        string[] tests = [.. Directory.GetFiles(Path.Combine(Checkout.Folder, "tests/Firstline.EndToEnd.Tests"), "*Tests.cs").Select(File.ReadAllText)];
        IEnumerable<string> runbooks = Directory.GetFiles(Path.Combine(Checkout.Folder, "runbooks"), "*.yaml").Select(static file => Path.GetFileNameWithoutExtension(file));
        runbooks.Where(name => !tests.Any(t => t.Contains($"\"{name}\"", StringComparison.Ordinal))).Should().BeEmpty("each is asserted by name where a trouble is played and mended by it");
    }

    [Fact]
    public async Task A_wrong_cause_leaves_everything_as_it_is()
    {
        await Loop.ApplyAsync(Web);
        await Loop.HealthyAsync("web");
        await AlertAsync("SomethingOdd", "HostPortConflict", ("deployment", "web"));
        Incident incident = await Loop.IncidentAsync("web", "handed over", static i => IncidentTeller.Is(i.Status, ConditionTypes.Escalated));
        incident.Status!.Hypotheses[0].Cause.Should().Be("HostPortConflict");
        Loop.Requests.All.Should().BeEmpty();
        (await Loop.GetAsync(WorkloadView.Deployments, "web"))["metadata"]!["generation"]!.GetValue<long>().Should().Be(1);
    }

    private async Task MendAsync(string target, string runbook, string cause, params (string Name, string Value)[] labels)
    {
        await AlertAsync("SomethingForgotten", cause, labels);
        RemediationRequest waiting = await Loop.WaitingAsync(target);
        waiting.Spec.Runbook.Name.Should().Be(runbook);
        await Loop.ApproveAsync(waiting, "alice");
        await Loop.RequestAsync(target, "carried out", static r => r.Status?.Steps is [{ AppliedAt: not null }]);
        await AlertAsync("SomethingForgotten", cause, [.. labels, ("", "resolved")]);
        await Loop.ResolvedAsync(target);
    }

    // A key with dots is the last of its path.
    private static JsonNode? At(JsonNode? node, string path)
    {
        if (node is JsonObject fields && fields[path] is { } whole)
        {
            return whole;
        }

        int dot = path.IndexOf('.', StringComparison.Ordinal);
        string key = dot < 0 ? path : path[..dot];
        JsonNode? next = node is JsonArray list ? list[int.Parse(key, CultureInfo.InvariantCulture)] : node?[key];
        return dot < 0 || next is null ? next : At(next, path[(dot + 1)..]);
    }

    private async Task<JsonNode> SpecAsync(ResourceType type, string name) => (await Loop.GetAsync(type, name))["spec"]!;

    // A label without a name says that the alert is over.
    private async Task AlertAsync(string name, string? cause, params (string Name, string Value)[] labels)
    {
        bool isOver = labels.Any(static l => l.Name.Length == 0);
        JsonObject Labels() => new((cause is null ? [] : new[] { ("cause", cause) }).Concat(labels.Where(static l => l.Name.Length > 0)).Append(("alertname", name)).Append(("namespace", Loop.Namespace))
            .Select(static l => KeyValuePair.Create(l.Item1, (JsonNode?)l.Item2)));
        string state = isOver ? "resolved" : "firing";
        JsonObject body = new()
        {
            ["version"] = "4",
            ["groupKey"] = $"{{}}:{{alertname=\"{name}\"}}",
            ["truncatedAlerts"] = 0,
            ["status"] = state,
            ["receiver"] = "firstline",
            ["groupLabels"] = new JsonObject(),
            ["commonLabels"] = Labels(),
            ["commonAnnotations"] = new JsonObject(),
            ["externalURL"] = "http://alertmanager.monitoring:9093",
            ["alerts"] = new JsonArray(new JsonObject
            {
                ["status"] = state,
                ["labels"] = Labels(),
                ["annotations"] = new JsonObject { ["summary"] = $"{cause ?? name} is what the alert says." },
                ["startsAt"] = Started.ToString("O"),
                ["endsAt"] = (isOver ? Loop.Now : DateTimeOffset.MinValue).ToString("O"),
                ["generatorURL"] = "http://prometheus.monitoring:9090/graph",
                ["fingerprint"] = $"{name}-{labels[0].Value}",
            }),
        };
        (await Loop.AlertAsync(body.ToJsonString())).Should().Be(HttpStatusCode.Accepted);
    }

    private DateTimeOffset Started => field == default ? field = Loop.Now : field;
}
