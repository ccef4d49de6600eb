namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>What runs in these stories; annotations of the pod template tie a failure to its cause.</summary>
internal static class Workload
{
    /// <summary>A CronJob that never fires by itself, and whose Jobs fail while the ConfigMap database says so.</summary>
    public const string Nightly =
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly}
        spec:
          schedule: "0 0 29 2 *"
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                metadata:
                  annotations: {sim.firstline.dev/crash-when: "configmap:database/state=down"}
                spec:
                  restartPolicy: Never
                  containers: [{name: app, image: registry.example/nightly:1}]
        """;

    /// <summary>A Deployment with a readiness probe and a memory limit of 256Mi.</summary>
    public static string Of(string name, int replicas, string annotation) =>
        $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}}}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: {{{name}}}}}
          template:
            metadata:
              labels: {app: {{{name}}}}
              annotations: { {{{annotation}}} }
            spec:
              containers:
              - name: app
                image: registry.example/{{{name}}}:1
                resources: {limits: {memory: 256Mi}}
                readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
        """;
}
