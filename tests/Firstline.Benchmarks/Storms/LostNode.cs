using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;

namespace Firstline.Benchmarks.Storms;

/// <summary>A cluster that lost a node a quarter of an hour ago, as objects of a case: times relative, UIDs by name.</summary>
/// <remarks>
/// Of every four workloads the first had all its pods on that node, the second half of them on another one, the third had its pods replaced elsewhere, and those of the
/// fourth are replaced by pods that no node has room for. The pods of the last two are being deleted, which no kubelet confirms.
/// </remarks>
/// <param name="Pods">Pods on the lost node.</param>
/// <param name="Workloads">Deployments that they are of.</param>
internal sealed record LostNode(int Pods, int Workloads)
{
    public const string Name = "node-lost";

    private const string Namespace = "shop", Since = "-900s", Before = "-3600s";

    /// <summary>What is in the cluster.</summary>
    public JsonObject Objects() => new() { ["kind"] = "List", ["apiVersion"] = "v1", ["items"] = new JsonArray([.. All()]) };

    /// <summary>The case's other file: the pods that are being deleted.</summary>
    public JsonObject Case() => new()
    {
        ["afterLoad"] = new JsonArray([
            .. Enumerable.Range(0, Workloads).Where(IsEvicted).SelectMany(w => PodsOf(w).Select(p => (JsonNode)new JsonObject
            {
                ["apiVersion"] = "v1", ["kind"] = "Pod", ["namespace"] = Namespace, ["name"] = PodName(w, p),
            })),
        ]),
    };

    /// <summary>The Deployments that lack pods.</summary>
    public ImmutableArray<TargetRef> Troubled() =>
    [
        .. Enumerable.Range(0, Workloads).Where(static w => w % 4 != 2)
            .Select(static w => new TargetRef { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = Namespace, Name = NameOf(w) }),
    ];

    private static bool IsEvicted(int workload) => workload % 4 >= 2;

    private static string NameOf(int workload) => string.Create(CultureInfo.InvariantCulture, $"app-{workload}");

    private static string PodName(int workload, int pod) => string.Create(CultureInfo.InvariantCulture, $"app-{workload}-5d8f7c9b4d-{pod:d3}");

    private IEnumerable<int> PodsOf(int workload) => Enumerable.Range(0, (Pods / Workloads) + (workload < Pods % Workloads ? 1 : 0));

    private IEnumerable<JsonNode> All()
    {
        yield return Node(Name, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.");
        yield return Node("node-2", "True", "KubeletReady", "kubelet is posting ready status");
        foreach (JsonNode o in Enumerable.Range(0, Workloads).SelectMany(Workload))
        {
            yield return o;
        }
    }

    private IEnumerable<JsonNode> Workload(int workload)
    {
        int lost = PodsOf(workload).Count(), elsewhere = workload % 4 == 1 ? lost : 0, replaced = IsEvicted(workload) ? lost : 0;
        int desired = lost + elsewhere, ready = elsewhere + (workload % 4 == 2 ? replaced : 0);
        yield return Deployment(workload, desired, ready);
        yield return ReplicaSet(workload, desired, ready);
        foreach (int pod in PodsOf(workload))
        {
            yield return Pod(workload, pod, Name, isReady: false, Before);
        }

        for (int pod = 0; pod < elsewhere + replaced; pod++)
        {
            yield return Pod(workload, 500 + pod, workload % 4 == 3 ? null : "node-2", isReady: workload % 4 != 3, workload % 4 == 1 ? Before : "-600s");
        }
    }

    private static JsonNode Node(string name, string ready, string reason, string message) => JsonNode.Parse(
        $$$"""
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "{{{name}}}", "creationTimestamp": "-86400s"}, "spec": {},
         "status": {"allocatable": {"pods": "500", "cpu": "64", "memory": "256Gi"},
          "conditions": [{"type": "Ready", "status": "{{{ready}}}", "reason": "{{{reason}}}", "message": "{{{message}}}", "lastTransitionTime": "{{{Since}}}"}]}}
        """)!;

    private static JsonNode Deployment(int workload, int desired, int ready) => JsonNode.Parse(
        $$$"""
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "{{{NameOf(workload)}}}", "namespace": "{{{Namespace}}}", "creationTimestamp": "-86400s", "annotations": {"deployment.kubernetes.io/revision": "1"}},
         "spec": {"replicas": {{{desired}}}, "selector": {"matchLabels": {"app": "{{{NameOf(workload)}}}"}}, "template": {{{Template($"\"app\": \"{NameOf(workload)}\"")}}}},
         "status": {"observedGeneration": 1, "replicas": {{{desired}}}, "updatedReplicas": {{{desired}}}, "readyReplicas": {{{ready}}}, "availableReplicas": {{{ready}}}, "unavailableReplicas": {{{desired - ready}}},
          "conditions": [
           {"type": "Available", "status": "{{{(ready == desired ? "True" : "False")}}}", "reason": "MinimumReplicas", "message": "Deployment has minimum availability or not.", "lastTransitionTime": "{{{Since}}}"},
           {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable", "message": "", "lastTransitionTime": "{{{Before}}}"}]}}
        """)!;

    private static JsonNode ReplicaSet(int workload, int desired, int ready) => JsonNode.Parse(
        $$$"""
        {"apiVersion": "apps/v1", "kind": "ReplicaSet",
         "metadata": {"name": "{{{NameOf(workload)}}}-5d8f7c9b4d", "namespace": "{{{Namespace}}}", "creationTimestamp": "-86400s", "labels": {"app": "{{{NameOf(workload)}}}", "pod-template-hash": "5d8f7c9b4d"},
          "annotations": {"deployment.kubernetes.io/revision": "1"}, "ownerReferences": [{{{Owner("apps/v1", "Deployment", NameOf(workload))}}}]},
         "spec": {"replicas": {{{desired}}}, "selector": {"matchLabels": {"app": "{{{NameOf(workload)}}}", "pod-template-hash": "5d8f7c9b4d"}}, "template": {{{Template($"\"app\": \"{NameOf(workload)}\", \"pod-template-hash\": \"5d8f7c9b4d\"")}}}},
         "status": {"observedGeneration": 1, "replicas": {{{desired}}}, "readyReplicas": {{{ready}}}, "availableReplicas": {{{ready}}}}}
        """)!;

    // The controller of nodes says of every pod of a lost one that it is not ready; what its containers do nobody knows.
    private static JsonNode Pod(int workload, int pod, string? node, bool isReady, string created)
    {
        string since = isReady ? created : node is null ? created : Since;
        string ready = $$$"""{"type": "Ready", "status": "{{{isReady}}}", "lastTransitionTime": "{{{since}}}"}""";
        string status = node is null
            ? $$$"""{"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/2 nodes are available: 1 Too many pods, 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.", "lastTransitionTime": "{{{created}}}"}]}"""
            : $$$"""{"phase": "Running", "startTime": "{{{created}}}", "conditions": [{"type": "PodScheduled", "status": "True", "lastTransitionTime": "{{{created}}}"}, {{{ready}}}], "containerStatuses": [{"name": "app", "ready": {{{(isReady ? "true" : "false")}}}, "started": true, "restartCount": 0, "image": "registry.example/app:1", "imageID": "", "state": {"running": {"startedAt": "{{{created}}}"} } }]}""";
        return JsonNode.Parse(
            $$$"""
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "{{{PodName(workload, pod)}}}", "namespace": "{{{Namespace}}}", "creationTimestamp": "{{{created}}}", "labels": {"app": "{{{NameOf(workload)}}}", "pod-template-hash": "5d8f7c9b4d"},
              "ownerReferences": [{{{Owner("apps/v1", "ReplicaSet", $"{NameOf(workload)}-5d8f7c9b4d")}}}]},
             "spec": {{{Spec(node)}}}, "status": {{{status}}}}
            """)!;
    }

    private static string Owner(string version, string kind, string name) =>
        $$$"""{"apiVersion": "{{{version}}}", "kind": "{{{kind}}}", "name": "{{{name}}}", "uid": "@uid({{{kind}}}/{{{Namespace}}}/{{{name}}})", "controller": true}""";

    private static string Template(string labels) => $$$"""{"metadata": {"labels": { {{{labels}}} }}, "spec": {{{Spec(null)}}}}""";

    private static string Spec(string? node) =>
        $$$"""{ {{{(node is null ? "" : $"\"nodeName\": \"{node}\", ")}}}"containers": [{"name": "app", "image": "registry.example/app:1", "readinessProbe": {"httpGet": {"path": "/", "port": 80}, "periodSeconds": 5}}]}""";
}
