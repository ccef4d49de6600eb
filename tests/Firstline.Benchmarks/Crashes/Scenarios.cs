using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Cli.Demo;
using Firstline.Cli.Yaml;

namespace Firstline.Benchmarks.Crashes;

/// <summary>What operators are killed in. To add one, write it and add it to <see cref="All"/>.</summary>
internal static class Scenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly ResourceType ConfigMaps = new("", "v1", "ConfigMap", "configmaps", ResourceScope.Namespaced);
    private static readonly ResourceType Jobs = new("batch", "v1", "Job", "jobs", ResourceScope.Namespaced);

    public static readonly ImmutableArray<Scenario> All =
    [
        new("undo", WorkloadView.Deployments, "web", UndoAsync, static d => Image(d) == "registry.example/web:1"),
        new("restart", WorkloadView.Deployments, "web", RestartAsync, static d => RestartedAt(d) is not null),
        new("resources, approved by two", WorkloadView.Deployments, "web", ResourcesAsync, static d => Memory(d) == "384Mi"),
        new("config, approved by two", ConfigMaps, "limits", ConfigAsync, static c => (string?)c?["data"]?["maxOrders"] == "100"),
        new("drain, approved by two", Theatre.Nodes, "", DrainAsync, static n => (bool?)n?["spec"]?["unschedulable"] == true) { Changes = 2 },
        new("job, approved by two", Jobs, "nightly-1", JobAsync, static j => j is null),
        new("replicas, by two, taken back", WorkloadView.Deployments, "web", ReplicasAsync, static _ => false) { IsBack = static d => (int?)d?["spec"]?["replicas"] == 2 },
    ];

    private static async Task UndoAsync(Theatre theatre, string ns)
    {
        await DeployAsync(theatre, ns, "sim.firstline.dev/crash-when: \"image=*/web:2\"", "readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}");
        await HealthyAsync(theatre, ns, 2);
        await theatre.PatchAsync(WorkloadView.Deployments, new(ns, "web"), """{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"registry.example/web:2"}]}}}}""");
        await FailsAsync(theatre, ns, "CrashLoopBackOff");
    }

    // Nothing to wait for: it hangs before long, and is found when it has hung for a minute.
    private static Task RestartAsync(Theatre theatre, string ns) =>
        DeployAsync(theatre, ns, "sim.firstline.dev/hang-after: 20s", "readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}");

    private static async Task ResourcesAsync(Theatre theatre, string ns)
    {
        await DeployAsync(theatre, ns, "sim.firstline.dev/oom-when: \"memory-limit<300Mi; after=2s\"", "resources: {limits: {memory: 256Mi}}");
        await FailsAsync(theatre, ns, "OOMKilled");
    }

    private static async Task ConfigAsync(Theatre theatre, string ns)
    {
        JsonObject declared = YamlFile.ParseJson(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: limits, annotations: {firstline.dev/guarded: "true"}}
            data: {maxOrders: "100"}
            """)[0];
        await theatre.DeclareAsync(declared, ns);
        await theatre.PatchAsync(ConfigMaps, new(ns, "limits"), """{"data":{"maxOrders":"1"}}""");
    }

    // One pod on the node that gets into trouble, and two on another one that has room for it.
    private static async Task DrainAsync(Theatre theatre, string ns)
    {
        foreach ((int number, string node) in Theatre.NodesOf(ns).Index())
        {
            await theatre.CreateAsync(Theatre.Nodes, $$$"""{"metadata":{"name":"{{{node}}}","labels":{"sim.firstline.dev/node":"true","pool":"{{{ns}}}"}},"spec":{"podCIDR":"10.250.{{{number}}}.0/24"}}""");
            await NodeStatusAsync(theatre, node, "True", "KubeletReady");
        }

        (string troubled, string other) = (Theatre.NodesOf(ns)[0], Theatre.NodesOf(ns)[1]);
        await CordonAsync(theatre, other, "true");
        await theatre.ApplyAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: NAMESPACE}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  nodeSelector: {pool: NAMESPACE}
                  containers: [{name: app, image: registry.example/web:1}]
            """, ns);
        await HealthyAsync(theatre, ns, 1);
        await CordonAsync(theatre, troubled, "true");
        await CordonAsync(theatre, other, "false");
        await theatre.PatchAsync(WorkloadView.Deployments, new(ns, "web"), """{"spec":{"replicas":3}}""");
        await HealthyAsync(theatre, ns, 3);
        await CordonAsync(theatre, troubled, "false");
        await NodeStatusAsync(theatre, troubled, "False", "KubeletNotReady");
    }

    private static Task CordonAsync(Theatre theatre, string node, string isCordoned) => theatre.PatchAsync(Theatre.Nodes, new("", node), $"{{\"spec\":{{\"unschedulable\":{isCordoned}}}}}");

    private static Task NodeStatusAsync(Theatre theatre, string node, string ready, string reason)
    {
        const string Room = """{"cpu":"4","memory":"16Gi","pods":"110"}""";
        string since = theatre.Clock.GetUtcNow().AddMinutes(-2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string status = $$$"""{"status":{"capacity":{{{Room}}},"allocatable":{{{Room}}},"conditions":[{"type":"Ready","status":"{{{ready}}}","reason":"{{{reason}}}","message":"","lastHeartbeatTime":"{{{since}}}","lastTransitionTime":"{{{since}}}"}]}}""";
        return theatre.PatchAsync(Theatre.Nodes, new("", node), status, "status");
    }

    // As kubectl create job --from=cronjob/nightly makes it, so that no schedule has to be waited for.
    private static async Task JobAsync(Theatre theatre, string ns)
    {
        const string Template =
            """
            {backoffLimit: 0, template: {metadata: {labels: {app: nightly}, annotations: {sim.firstline.dev/crash-when: "always"}},
             spec: {restartPolicy: Never, containers: [{name: app, image: "registry.example/nightly:1"}]}}}
            """;
        await theatre.ApplyAsync($"{{apiVersion: batch/v1, kind: CronJob, metadata: {{name: nightly, namespace: NAMESPACE}}, spec: {{schedule: \"0 0 1 1 *\", jobTemplate: {{spec: {Template}}}}}}}", ns);
        string uid = (string)(await theatre.FindAsync(new("batch", "v1", "CronJob", "cronjobs", ResourceScope.Namespaced), new(ns, "nightly")))!["metadata"]!["uid"]!;
        string owner = $"{{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: {uid}, controller: true, blockOwnerDeletion: true}}";
        await theatre.ApplyAsync($"{{apiVersion: batch/v1, kind: Job, metadata: {{name: nightly-1, namespace: NAMESPACE, ownerReferences: [{owner}]}}, spec: {Template}}}", ns);
        await FailsAsync(theatre, ns, "Failed");
    }

    // More pods of what crashes don't help, and the change is taken back.
    private static async Task ReplicasAsync(Theatre theatre, string ns)
    {
        await theatre.ApplyAsync(
            """
            apiVersion: firstline.dev/v1alpha1
            kind: Runbook
            metadata: {name: more-pods, namespace: NAMESPACE}
            spec:
              description: Does not help.
              level: L2
              match: {causes: [CrashLoop-AppError], kinds: [Deployment]}
              steps: [{name: more, action: SetReplicas, with: {replicas: "3"}}]
              verification: {targetHealthy: true, signalResolved: true, stableFor: 5s, timeout: 20s}
              limits: {maxDisruptedPercent: 100}
              onFailure: RollBack
            """,
            ns);
        await DeployAsync(theatre, ns, "sim.firstline.dev/crash-when: \"always\"", "imagePullPolicy: IfNotPresent");
        await FailsAsync(theatre, ns, "CrashLoopBackOff");
    }

    private static Task DeployAsync(Theatre theatre, string ns, string fault, string container) => theatre.ApplyAsync(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: NAMESPACE}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
              annotations: {FAULT}
            spec:
              containers: [{name: app, image: registry.example/web:1, MORE}]
        """.Replace("FAULT", fault, StringComparison.Ordinal).Replace("MORE", container, StringComparison.Ordinal),
        ns);

    private static Task HealthyAsync(Theatre theatre, string ns, int pods) => theatre.Picture.UntilAsync($"{ns}/web healthy with {pods} pods", () => theatre.Picture.IsHealthy(ns, "web", pods), Limit);

    private static Task FailsAsync(Theatre theatre, string ns, string sign) => theatre.Picture.UntilAsync($"{sign} in {ns}", () => theatre.Picture.HasFailed(ns, sign), Limit);

    private static JsonNode? Container(JsonNode? deployment) => deployment?["spec"]?["template"]?["spec"]?["containers"]?[0];

    private static string? Image(JsonNode? deployment) => (string?)Container(deployment)?["image"];

    private static string? Memory(JsonNode? deployment) => (string?)Container(deployment)?["resources"]?["limits"]?["memory"];

    private static string? RestartedAt(JsonNode? deployment) => (string?)deployment?["spec"]?["template"]?["metadata"]?["annotations"]?["kubectl.kubernetes.io/restartedAt"];
}
