using Firstline.Testing;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>One object of each kind that actions change, in the state that they are for: workloads whose last rollout failed, a CronJob with a failed Job, an edited ConfigMap.</summary>
internal static class ActionStage
{
    /// <summary>Name of the object that stands for its kind.</summary>
    public static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["ConfigMap"] = "limits",
        ["CronJob"] = "nightly",
        ["DaemonSet"] = "agent",
        ["Deployment"] = "web",
        ["HorizontalPodAutoscaler"] = "web",
        ["Job"] = "nightly-1",
        ["Node"] = "stage-open",
        ["PersistentVolumeClaim"] = "data",
        ["StatefulSet"] = "db",
    };

    // Nothing is placed on them, since nothing tolerates their taint.
    private const string OfCluster =
        """
        apiVersion: v1
        kind: Node
        metadata: {name: stage-open, labels: LABELS}
        spec: {taints: [{key: example.com/stage, effect: NoSchedule}]}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: stage-closed, labels: LABELS}
        spec: {unschedulable: true, taints: [{key: example.com/stage, effect: NoSchedule}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: left-behind, namespace: NAMESPACE}
        spec: {nodeName: stage-closed, containers: [{name: app, image: "registry.example/tool:1"}]}
        ---
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: stage, labels: LABELS}
        provisioner: example.com/none
        allowVolumeExpansion: true
        """;

    // Nothing scales and nothing binds them but this test, which sets their status.
    private const string Sized =
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: {storageClassName: stage, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """;

    private const string Healthy =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: limits, annotations: {firstline.dev/guarded: "true"}}
        data: {maxOrders: "100"}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          replicas: 2
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}, annotations: {sim.firstline.dev/crash-when: "image=*/db:2; log=panic: no DISK"}}
            spec: {containers: [{name: app, image: "registry.example/db:1", resources: {limits: {memory: 256Mi}}, readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}}]}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}, annotations: {sim.firstline.dev/crash-when: "image=*/agent:2; log=panic: no SOCKET"}}
            spec: {containers: [{name: app, image: "registry.example/agent:1", resources: {limits: {memory: 256Mi}}, readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}}]}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: suspended}
        spec:
          schedule: "0 0 29 2 *"
          suspend: true
          jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: app, image: "registry.example/nightly:1"}]}}}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: endless}
        spec: {parallelism: 0, template: {spec: {restartPolicy: Never, containers: [{name: app, image: "registry.example/import:1"}]}}}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: held}
        spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: app, image: "registry.example/import:1"}]}}}
        """;

    // Of each of these one pod is made to crash while the others serve.
    private const string Half =
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: half-db}
        spec:
          replicas: 2
          serviceName: half-db
          selector: {matchLabels: {app: half-db}}
          template: {metadata: {labels: {app: half-db}}, spec: {containers: [{name: app, image: "registry.example/db:1"}]}}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: half-agent}
        spec:
          selector: {matchLabels: {app: half-agent}}
          template: {metadata: {labels: {app: half-agent}}, spec: {containers: [{name: app, image: "registry.example/agent:1"}]}}
        """;

    /// <summary>Removes what is not in the scene's namespace.</summary>
    public static Task ClearAsync(Kubectl cluster) => cluster.RunAsync("delete node/stage-open node/stage-closed storageclass/stage --ignore-not-found");

    /// <summary>Puts the objects there and breaks what is to be broken.</summary>
    public static async Task SetAsync(Scene scene, Kubectl cluster)
    {
        Kubectl kubectl = scene.Kubectl;
        await cluster.RunAsync("apply -f -", OfCluster.Replace("NAMESPACE", scene.Namespace, StringComparison.Ordinal).Replace("LABELS", TestRun.Labels, StringComparison.Ordinal));
        await kubectl.RunAsync("create configmap database --from-literal=state=down");
        await kubectl.RunAsync("apply -f -", string.Join("\n---\n", Healthy, Workload.Nightly,
            Workload.Of("web", 3, "sim.firstline.dev/crash-when: 'image=*/web:2; log=panic: no PAYMENTS_URL'"), Workload.Of("paused", 1, "example.com/plain: 'yes'")));
        await kubectl.RunAsync("apply -f -", Sized);
        await kubectl.RunAsync("patch hpa web --subresource=status --type=merge --patch={\\\"status\\\":{\\\"currentReplicas\\\":3,\\\"desiredReplicas\\\":3}}");
        await kubectl.RunAsync("patch pvc data --subresource=status --type=merge --patch={\\\"status\\\":{\\\"phase\\\":\\\"Bound\\\",\\\"capacity\\\":{\\\"storage\\\":\\\"1Gi\\\"}}}");
        await kubectl.RunAsync("create job nightly-1 --from=cronjob/nightly");
        await kubectl.RunAsync("rollout pause deployment/paused");
        await kubectl.RunAsync("""patch configmap limits --type=merge --patch={\"data\":{\"maxOrders\":\"1\"}}""");
        await kubectl.RunAsync("apply -f -", string.Join("\n---\n", Half, Workload.Of("half-web", 2, "example.com/plain: 'yes'")));
        foreach (string workload in (string[])["deployment/half-web", "statefulset/half-db", "daemonset/half-agent"])
        {
            await kubectl.RunAsync($"rollout status {workload} --timeout=60s");
            string pods = await kubectl.RunAsync($"get pods -l app={workload.Split('/')[1]} -o name");
            await kubectl.RunAsync($"annotate {pods.Split('\n')[0]} sim.firstline.dev/crash-when=always");
        }

        foreach (string workload in (string[])["deployment/web", "statefulset/db", "daemonset/agent"])
        {
            await kubectl.RunAsync($"rollout status {workload} --timeout=60s");
            await kubectl.RunAsync($"set image {workload} app=registry.example/{workload.Split('/')[1]}:2");
        }
    }
}
