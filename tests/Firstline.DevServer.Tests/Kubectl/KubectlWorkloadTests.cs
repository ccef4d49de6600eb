using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Tests.Simulation;
using Xunit;

namespace Firstline.DevServer.Tests.Kubectl;

/// <summary>What people type at a simulated cluster does what it does at a real one.</summary>
public abstract class KubectlWorkloadTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
              annotations: {sim.firstline.dev/crash-when: "image=*:bad; log=panic: no such flag"}
            spec:
              containers: [{name: app, image: "web:1", readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 1}}]
        """;

    [SkippableFact]
    public async Task Rollout_shows_and_undoes_a_bad_image_and_logs_say_what_it_died_of()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync(on: await ServerAsync());
        KubectlProgram kubectl = cluster.Kubectl;
        (await kubectl.RunAsync(["apply", "-f", "-"], Web)).Should().Contain("deployment.apps/web created");
        (await kubectl.RunAsync(["rollout", "status", "deployment/web", "--timeout=30s"])).Should().Contain("successfully rolled out");
        await kubectl.RunAsync(["set", "image", "deployment/web", "app=web:bad"]);
        KubeObject crashed = await cluster.WaitingAsync("CrashLoopBackOff");

        (await kubectl.RunAsync(["logs", crashed.Name, "--previous"])).Should().EndWith("panic: no such flag\n");
        (await kubectl.RunAsync(["rollout", "history", "deployment/web"])).Should().Contain("1 ").And.Contain("2 ");
        (await kubectl.RunAsync(["rollout", "undo", "deployment/web"])).Should().Contain("rolled back");
        (await kubectl.RunAsync(["rollout", "status", "deployment/web", "--timeout=30s"])).Should().Contain("successfully rolled out");
        (await kubectl.RunAsync(["rollout", "history", "deployment/web"])).Should().Contain("3 ").And.NotContain("1 ");
    }

    [SkippableFact]
    public async Task Restart_scale_and_wait_change_the_pods()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync(on: await ServerAsync());
        KubectlProgram kubectl = cluster.Kubectl;
        await kubectl.RunAsync(["apply", "-f", "-"], Web);
        (await kubectl.RunAsync(["wait", "--for=condition=Available", "deployment/web", "--timeout=30s"])).Should().Contain("condition met");
        IEnumerable<string> before = (await cluster.ListAsync(Kinds.Pod)).Select(pod => pod.Uid);

        await kubectl.RunAsync(["rollout", "restart", "deployment/web"]);
        await kubectl.RunAsync(["rollout", "status", "deployment/web", "--timeout=30s"]);
        (await cluster.ListAsync(Kinds.Pod)).Where(pod => !pod.IsDeleting).Select(pod => pod.Uid).Should().NotIntersectWith(before).And.HaveCount(3);

        (await kubectl.RunAsync(["scale", "deployment/web", "--replicas=5"])).Should().Contain("scaled");
        await kubectl.RunAsync(["wait", "--for=jsonpath={.status.readyReplicas}=5", "deployment/web", "--timeout=30s"]);
    }

    [SkippableFact]
    public async Task Drain_moves_pods_within_the_budget_and_cordon_keeps_new_ones_away()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync(on: await ServerAsync());
        KubectlProgram kubectl = cluster.Kubectl;
        const string Budget = """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web}
            spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
            """;
        // A drain looks at all namespaces: the label keeps it to this one.
        string own = $"app: {cluster.Namespace}";
        await kubectl.RunAsync(["apply", "-f", "-"], (Web + "\n---\n" + Budget).Replace("app: web", own));
        await kubectl.RunAsync(["rollout", "status", "deployment/web", "--timeout=30s"]);
        await kubectl.RunAsync(["wait", "--for=jsonpath={.status.disruptionsAllowed}=1", "pdb/web", "--timeout=30s"]);

        string drained = await kubectl.RunAsync(["drain", "sim-node-1", "--ignore-daemonsets", "--force", $"--pod-selector=app={cluster.Namespace}", "--timeout=40s"]);
        await kubectl.RunAsync(["rollout", "status", "deployment/web", "--timeout=30s"]);

        drained.Should().Contain("node/sim-node-1 drained");
        (await cluster.ListAsync(Kinds.Pod)).Select(pod => pod.Spec.Text("nodeName")).Should().NotContain("sim-node-1");
        (await kubectl.RunAsync(["uncordon", "sim-node-1"])).Should().Contain("uncordoned");
    }

    /// <summary>What the simulation plays on.</summary>
    private protected abstract Task<ApiUnderTest> ServerAsync();
}
