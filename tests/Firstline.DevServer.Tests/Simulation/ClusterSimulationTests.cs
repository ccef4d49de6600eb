using Firstline.Testing;
using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation;

/// <summary>The simulation on an API server: each story breaks something, sees it broken, and heals it by the one fix that helps.</summary>
[Collection(ApiUnderTest.Collection)]
public class ClusterSimulationTests
{
    [Fact]
    public async Task A_deployment_rolls_out_and_rolls_on()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        await cluster.CreateAsync(Kinds.Deployment, Deployment("web", "web:1"));
        KubeObject first = await cluster.RolledOutAsync("web");
        first.Annotation("deployment.kubernetes.io/revision").Should().Be("1");

        await cluster.PatchAsync(Kinds.Deployment, "web", Image("web:2"));
        KubeObject second = await cluster.RolledOutAsync("web");

        second.Annotation("deployment.kubernetes.io/revision").Should().Be("2");
        second.Condition("Progressing").Text("reason").Should().Be("NewReplicaSetAvailable");
        (await cluster.ListAsync(Kinds.ReplicaSet)).Select(set => set.Spec.Number("replicas", -1)).Should().BeEquivalentTo([0, 3]);
    }

    [Fact]
    public async Task A_bad_image_crash_loops_and_an_undo_takes_the_old_replica_set_again()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        await cluster.CreateAsync(Kinds.Deployment, Deployment("web", "web:1", "'sim.firstline.dev/crash-when':'image=*:bad; exit=3; log=panic'", Probe));
        await cluster.RolledOutAsync("web");
        await cluster.PatchAsync(Kinds.Deployment, "web", Image("web:bad", Probe));

        KubeObject crashed = await cluster.WaitingAsync("CrashLoopBackOff");
        crashed.Status.Items("containerStatuses").Single().At("lastState", "terminated").Number("exitCode").Should().Be(3);
        crashed.Annotation("fake/log.app").Should().EndWith("panic\n");
        (await cluster.GetAsync(Kinds.Deployment, "web")).Status.Number("availableReplicas").Should().Be(3, "a bad image never takes the old pods");

        await cluster.PatchAsync(Kinds.Deployment, "web", Image("web:1", Probe));
        KubeObject healed = await cluster.RolledOutAsync("web");

        healed.Annotation("deployment.kubernetes.io/revision").Should().Be("3");
        (await cluster.ListAsync(Kinds.ReplicaSet)).Should().HaveCount(2, "an old template takes its old ReplicaSet");
    }

    [Fact]
    public async Task Out_of_memory_is_healed_by_more_memory_and_not_by_a_restart()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        await cluster.CreateAsync(Kinds.Deployment, Deployment("web", "web:1", "'sim.firstline.dev/oom-when':'memory-limit<256Mi'", Memory("128Mi")));
        KubeObject killed = await cluster.WaitingAsync("CrashLoopBackOff");
        killed.Status.Items("containerStatuses").Single().Text("lastState", "terminated", "reason").Should().Be("OOMKilled");

        await cluster.PatchAsync(Kinds.Deployment, "web", Restart);
        await cluster.WaitAsync(Kinds.Pod, "killed again after the restart", pod => pod.Annotations.ContainsKey("kubectl.kubernetes.io/restartedAt")
            && pod.Status.Items("containerStatuses").Any(c => c.Text("lastState", "terminated", "reason") == "OOMKilled"));

        await cluster.PatchAsync(Kinds.Deployment, "web", $"{{'spec':{{'template':{{'spec':{{'containers':[{{'name':'app','image':'web:1',{Memory("512Mi")}}}]}}}}}}}}");
        await cluster.RolledOutAsync("web");
    }

    [Fact]
    public async Task A_missing_config_map_is_healed_by_creating_it()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        await cluster.CreateAsync(Kinds.Deployment, Deployment("web", "web:1", "", "'envFrom':[{'configMapRef':{'name':'settings'}}]"));
        KubeObject waiting = await cluster.WaitingAsync("CreateContainerConfigError");
        waiting.Status.Items("containerStatuses").Single().Text("state", "waiting", "message").Should().Be("configmap \"settings\" not found");

        await cluster.CreateAsync(Kinds.ConfigMap, "{'metadata':{'name':'settings'},'data':{'MODE':'fast'}}");

        await cluster.RolledOutAsync("web");
        (await cluster.ListAsync(Kinds.Pod)).Should().HaveCount(3, "the same pods went on");
    }

    [Fact]
    public async Task A_hung_process_is_healed_by_a_restart()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        await cluster.CreateAsync(Kinds.Deployment, Deployment("web", "web:1", "'sim.firstline.dev/hang-after':'40s'", Probe));
        await cluster.RolledOutAsync("web");
        await cluster.WaitAsync(Kinds.Deployment, "hung", item => item.IsConditionTrue("Progressing") && item.Status.Number("availableReplicas") == 0);

        await cluster.PatchAsync(Kinds.Deployment, "web", Restart);

        await cluster.RolledOutAsync("web");
    }

    [Fact]
    public async Task A_job_completes_and_another_fails_at_its_limit()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        await cluster.CreateAsync(Kinds.Job, Job("good", "'completions':3,'parallelism':2,", ""));
        await cluster.CreateAsync(Kinds.Job, Job("bad", "'backoffLimit':1,", "'sim.firstline.dev/exit-after':'1s; exit=4'"));

        KubeObject good = await cluster.WaitAsync(Kinds.Job, "complete", job => job.Name == "good" && job.IsConditionTrue("Complete"));
        good.Status.Number("succeeded").Should().Be(3);
        KubeObject bad = await cluster.WaitAsync(Kinds.Job, "failed", job => job.Name == "bad" && job.IsConditionTrue("Failed"));
        bad.Condition("Failed").Text("reason").Should().Be("BackoffLimitExceeded");
        bad.Status.Number("failed").Should().Be(2);
    }

    [Fact]
    public async Task A_cron_job_waits_for_a_job_that_runs_and_goes_on_when_it_is_deleted()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync(new FastClock(30));
        await cluster.CreateAsync(Kinds.CronJob, "{'metadata':{'name':'report'},'spec':{'schedule':'* * * * *','concurrencyPolicy':'Forbid','jobTemplate':{'spec':{"
            + "'template':{'metadata':{'annotations':{'sim.firstline.dev/exit-after':'100h'}},'spec':{'restartPolicy':'Never','containers':[{'name':'app','image':'job:1'}]}}}}}}");
        KubeObject first = await cluster.WaitAsync(Kinds.Job, "started", _ => true);
        await cluster.WaitAsync(Kinds.Event, "about the job that still runs", item => item.Root.Text("reason") == "JobAlreadyActive");
        (await cluster.ListAsync(Kinds.Job)).Should().ContainSingle();

        await cluster.DeleteAsync(Kinds.Job, first.Name);

        await cluster.WaitAsync(Kinds.Job, "started after it", job => job.Name != first.Name);
    }

    [Fact]
    public async Task A_stateful_set_starts_in_order_and_a_daemon_set_is_on_every_node()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        const string Template = "'template':{'metadata':{'labels':{'app':'x'}},'spec':{'containers':[{'name':'app','image':'x:1'}]}}";
        await cluster.CreateAsync(Kinds.StatefulSet, $"{{'metadata':{{'name':'db'}},'spec':{{'replicas':2,'serviceName':'db','selector':{{'matchLabels':{{'app':'x'}}}},{Template}}}}}");
        await cluster.CreateAsync(Kinds.DaemonSet, $"{{'metadata':{{'name':'agent'}},'spec':{{'selector':{{'matchLabels':{{'app':'x'}}}},{Template}}}}}");

        await cluster.WaitAsync(Kinds.StatefulSet, "ready", set => set.Status.Number("readyReplicas") == 2);
        await cluster.WaitAsync(Kinds.DaemonSet, "ready", set => set.Status.Number("numberReady") == 3 && set.Status.Number("desiredNumberScheduled") == 3);

        IReadOnlyList<KubeObject> pods = await cluster.ListAsync(Kinds.Pod);
        pods.Where(pod => pod.OwnerKind == "StatefulSet").Select(pod => pod.Name).Should().BeEquivalentTo("db-0", "db-1");
        pods.Where(pod => pod.OwnerKind == "DaemonSet").Select(pod => pod.Spec.Text("nodeName")).Should().OnlyHaveUniqueItems().And.HaveCount(3);
    }

    [Fact]
    public async Task A_pod_that_fits_nowhere_says_why()
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync();
        await cluster.CreateAsync(Kinds.Pod, "{'metadata':{'name':'big'},'spec':{'containers':[{'name':'app','image':'x:1','resources':{'requests':{'cpu':'64'}}}]}}");

        KubeObject pod = await cluster.WaitAsync(Kinds.Pod, "unschedulable", item => item.Condition("PodScheduled").Text("reason") == "Unschedulable");

        pod.Condition("PodScheduled").Text("message").Should().Be("0/3 nodes are available: 3 Insufficient cpu. "
            + "preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.");
    }

    private const string Probe = "'readinessProbe':{'httpGet':{'path':'/','port':80},'periodSeconds':2,'failureThreshold':1}";

    private const string Restart = "{'spec':{'template':{'metadata':{'annotations':{'kubectl.kubernetes.io/restartedAt':'2026-11-20T12:00:00Z'}}}}}";

    private static string Deployment(string name, string image, string annotations = "", string container = "")
    {
        string more = container.Length == 0 ? "" : "," + container;
        return $"{{'metadata':{{'name':'{name}'}},'spec':{{'replicas':3,'selector':{{'matchLabels':{{'app':'{name}'}}}},'template':{{"
            + $"'metadata':{{'labels':{{'app':'{name}'}},'annotations':{{{annotations}}}}},'spec':{{'containers':[{{'name':'app','image':'{image}'{more}}}]}}}}}}}}";
    }

    /// <summary>A merge patch replaces the whole list of containers, so it says again what shall stay.</summary>
    private static string Image(string image, string container = "")
    {
        string more = container.Length == 0 ? "" : "," + container;
        return $"{{'spec':{{'template':{{'spec':{{'containers':[{{'name':'app','image':'{image}'{more}}}]}}}}}}}}";
    }

    private static string Memory(string limit) => $"'resources':{{'limits':{{'memory':'{limit}'}},'requests':{{'memory':'{limit}'}}}}";

    private static string Job(string name, string spec, string annotations) =>
        $"{{'metadata':{{'name':'{name}'}},'spec':{{{spec}'template':{{'metadata':{{'annotations':{{{annotations}}}}},"
        + "'spec':{'restartPolicy':'Never','containers':[{'name':'app','image':'job:1'}]}}}}";
}
