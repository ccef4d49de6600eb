using System.Collections.Immutable;
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
        new("job, approved by two", Jobs, "nightly-1", JobAsync, static j => j is null),
        new("replicas, by two, taken back", WorkloadView.Deployments, "web", ReplicasAsync, static _ => false) { IsBack = static d => (int?)d?["spec"]?["replicas"] == 2 },
    ];

    private static async Task UndoAsync(Theatre theatre, string ns)
    {
        await DeployAsync(theatre, ns, "sim.firstline.dev/crash-when: \"image=*/web:2\"", "readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}");
        await HealthyAsync(theatre, ns);
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

    private static Task HealthyAsync(Theatre theatre, string ns) => theatre.Picture.UntilAsync($"{ns}/web healthy", () => theatre.Picture.IsHealthy(ns, "web"), Limit);

    private static Task FailsAsync(Theatre theatre, string ns, string sign) => theatre.Picture.UntilAsync($"{sign} in {ns}", () => theatre.Picture.HasFailed(ns, sign), Limit);

    private static JsonNode? Container(JsonNode? deployment) => deployment?["spec"]?["template"]?["spec"]?["containers"]?[0];

    private static string? Image(JsonNode? deployment) => (string?)Container(deployment)?["image"];

    private static string? Memory(JsonNode? deployment) => (string?)Container(deployment)?["resources"]?["limits"]?["memory"];

    private static string? RestartedAt(JsonNode? deployment) => (string?)deployment?["spec"]?["template"]?["metadata"]?["annotations"]?["kubectl.kubernetes.io/restartedAt"];
}
