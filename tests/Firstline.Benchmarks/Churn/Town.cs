using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Firstline.Benchmarks.Churn;

/// <summary>The workloads of a cluster in which nothing is wrong: of every ten six are Deployments, one each a StatefulSet, a CronJob, a slow starter, and a Deployment behind a Service with a budget.</summary>
/// <param name="Workloads">How many.</param>
internal sealed record Town(int Workloads)
{
    /// <summary>Nodes on which all pods fit while one is drained and rollouts surge.</summary>
    public int Nodes => 3 + (Workloads / 25);

    public ImmutableArray<string> Namespaces { get; } = [.. Enumerable.Range(0, 10).Select(static n => string.Create(CultureInfo.InvariantCulture, $"team-{n}"))];

    public string NamespaceOf(int workload) => Namespaces[workload / 10 % Namespaces.Length];

    public static string NameOf(int workload) => string.Create(CultureInfo.InvariantCulture, $"app-{workload}");

    public static string KindOf(int workload) => (workload % 10) switch { 0 => "StatefulSet", 1 => "CronJob", _ => "Deployment" };

    /// <summary>Pods that it usually has.</summary>
    public static int ReplicasOf(int workload) => 1 + (workload % 3);

    /// <summary>The workload and what belongs to it.</summary>
    public ImmutableArray<JsonObject> ObjectsOf(int workload) => (workload % 10) switch
    {
        1 => [CronJob(workload)],
        2 => [Replicated(workload, "sim.firstline.dev/slow-start: 200s", """, "startupProbe": {"httpGet": {"path": "/", "port": 80}, "periodSeconds": 10, "failureThreshold": 30}""")],
        3 => [Replicated(workload), Service(workload), Budget(workload)],
        _ => [Replicated(workload)],
    };

    /// <summary>A Job that completes.</summary>
    public JsonObject JobOf(int workload, int number) => Parse(
        $$$"""
        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "once-{{{workload}}}-{{{number}}}", "namespace": "{{{NamespaceOf(workload)}}}"},
         "spec": {{{Work}}} }
        """);

    private const string Work =
        """{"ttlSecondsAfterFinished": 600, "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "app", "image": "registry.example/work:1"}]}}}""";

    private JsonObject Replicated(int workload, string? fault = null, string probes = "") => Parse(
        $$$"""
        {"apiVersion": "apps/v1", "kind": "{{{KindOf(workload)}}}", "metadata": {"name": "{{{NameOf(workload)}}}", "namespace": "{{{NamespaceOf(workload)}}}"},
         "spec": {"replicas": {{{ReplicasOf(workload)}}}, {{{(KindOf(workload) == "StatefulSet" ? $"\"serviceName\": \"{NameOf(workload)}\", " : "")}}}"selector": {"matchLabels": {"app": "{{{NameOf(workload)}}}"}},
          "template": {"metadata": {"labels": {"app": "{{{NameOf(workload)}}}"} {{{(fault is null ? "" : $", \"annotations\": {{\"{fault.Replace(": ", "\": \"", StringComparison.Ordinal)}\"}}")}}} },
           "spec": {"containers": [{"name": "app", "image": "registry.example/app:1", "ports": [{"containerPort": 80}], "readinessProbe": {"httpGet": {"path": "/", "port": 80}, "periodSeconds": 5} {{{probes}}} }]} } } }
        """);

    private JsonObject CronJob(int workload) => Parse(
        $$$"""
        {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "{{{NameOf(workload)}}}", "namespace": "{{{NamespaceOf(workload)}}}"},
         "spec": {"schedule": "{{{workload % 60}}} * * * *", "jobTemplate": {"spec": {{{Work}}} } } }
        """);

    private JsonObject Service(int workload) => Parse(
        $$$"""
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "{{{NameOf(workload)}}}", "namespace": "{{{NamespaceOf(workload)}}}"},
         "spec": {"selector": {"app": "{{{NameOf(workload)}}}"}, "ports": [{"port": 80, "targetPort": 80}]}}
        """);

    private JsonObject Budget(int workload) => Parse(
        $$$"""
        {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "{{{NameOf(workload)}}}", "namespace": "{{{NamespaceOf(workload)}}}"},
         "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "{{{NameOf(workload)}}}"} } } }
        """);

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
