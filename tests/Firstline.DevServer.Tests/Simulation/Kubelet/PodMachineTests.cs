using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Kubelet;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Kubelet;

public class PodMachineTests
{
    private const string Plain = "{'containers':[{'name':'app','image':'shop:bad'}]}";
    private const string Probed = "{'containers':[{'name':'app','image':'shop:1','readinessProbe':{'httpGet':{'path':'/ready','port':8080},'periodSeconds':5,'failureThreshold':2}}]}";
    private const string Watched = "{'containers':[{'name':'app','image':'shop:1','livenessProbe':{'httpGet':{'path':'/live','port':8080},'periodSeconds':10,'failureThreshold':3}}]}";
    private const string Limited = "{'containers':[{'name':'app','image':'shop:1','resources':{'limits':{'memory':'128Mi'}}}]}";
    private const string Mounted = "{'volumes':[{'name':'config','configMap':{'name':'settings'}}],'containers':[{'name':'app','image':'shop:1','volumeMounts':[{'name':'config','mountPath':'/etc/x'}]}]}";
    private const string FromEnv = "{'containers':[{'name':'app','image':'shop:1','env':[{'name':'MODE','valueFrom':{'configMapKeyRef':{'name':'settings','key':'mode'}}}]}]}";

    [Fact]
    public void A_pod_without_faults_starts_and_serves()
    {
        PodLife life = new PodLife(Plain).Run(5);

        life.App.IsReady.Should().BeTrue();
        PodPhase.Of(life.Plan, life.State).Should().Be("Running");
        life.Events.Select(e => e.Reason).Should().Equal("Pulling", "Pulled", "Created", "Started");
    }

    [Fact]
    public void A_pod_with_a_readiness_probe_is_ready_when_the_probe_succeeds()
    {
        PodLife life = new PodLife(Probed).Run(1);
        life.App.IsRunning.Should().BeTrue();
        life.App.IsReady.Should().BeFalse();

        life.Run(2).App.IsReady.Should().BeTrue();
    }

    [Fact]
    public void A_crash_restarts_at_once_then_backs_off_twice_as_long_each_time()
    {
        PodLife life = new PodLife(Plain, ("crash-when", "image=*:bad; exit=3; log=panic")).Run(6);

        life.App.RestartCount.Should().Be(1);
        life.Waiting!.Reason.Should().Be("CrashLoopBackOff");
        life.Waiting.Message.Should().Be("back-off 10s restarting failed container=app pod=web-1_shop(u1)");
        life.App.Last!.Should().Match<ContainerPhase.Terminated>(ended => ended.ExitCode == 3 && ended.Reason == "Error");
        life.App.PreviousLog.Should().EndWith("panic\n");

        life.Run(15).Waiting!.Message.Should().StartWith("back-off 20s restarting failed container=app");
        life.Run(600).Waiting!.Message.Should().StartWith("back-off 5m0s", "five minutes is the longest back-off");
        life.Messages("BackOff").Should().OnlyContain(m => m == "Back-off restarting failed container app in pod web-1_shop(u1)");
    }

    [Fact]
    public void A_crash_that_is_tied_to_an_image_ends_with_another_image()
    {
        PodLife life = new PodLife(Plain, ("crash-when", "image=*:bad")).Run(30);
        life.SetImage("shop:good");

        life.Run(60).App.IsReady.Should().BeTrue();
    }

    [Fact]
    public void Out_of_memory_kills_below_the_limit_it_needs()
    {
        PodLife life = new PodLife(Limited, ("oom-when", "memory-limit<256Mi")).Run(6);
        life.App.Last!.Should().Match<ContainerPhase.Terminated>(ended => ended.ExitCode == 137 && ended.Reason == "OOMKilled");

        new PodLife(Limited.Replace("128Mi", "256Mi"), ("oom-when", "memory-limit<256Mi")).Run(60).App.RestartCount.Should().Be(0);
    }

    [Fact]
    public void An_image_that_cannot_be_pulled_is_tried_again_with_back_off()
    {
        PodLife life = new PodLife(Plain, ("unpullable-when", "image=*:bad")).Run(1);
        life.Waiting!.Reason.Should().Be("ErrImagePull");
        life.Waiting.Message.Should().Be("rpc error: code = NotFound desc = failed to pull and unpack image \"docker.io/library/shop:bad\": "
            + "failed to resolve reference \"docker.io/library/shop:bad\": docker.io/library/shop:bad: not found");

        life.Run(3).Waiting!.Reason.Should().Be("ImagePullBackOff");
        life.Waiting.Message.Should().StartWith("Back-off pulling image \"shop:bad\": ErrImagePull: rpc error");
        life.Messages("Failed").Should().Contain("Error: ErrImagePull").And.Contain("Error: ImagePullBackOff");
        life.Run(60).Messages("Pulling").Should().HaveCountGreaterThan(2);
        PodPhase.Of(life.Plan, life.State).Should().Be("Pending");
    }

    [Fact]
    public void A_missing_config_map_of_the_environment_keeps_the_container_from_being_created_until_it_is_there()
    {
        PodLife life = new PodLife(FromEnv).Run(3);
        life.Waiting!.Reason.Should().Be("CreateContainerConfigError");
        life.Waiting.Message.Should().Be("configmap \"settings\" not found");
        life.Messages("Failed").Should().Contain("Error: configmap \"settings\" not found");

        life.SetConfig("settings", "other", "x");
        life.Run(11).Waiting!.Message.Should().Be("couldn't find key mode in ConfigMap shop/settings");

        life.SetConfig("settings", "mode", "fast");
        life.Run(0).App.IsRunning.Should().BeTrue("the change is seen at once");
    }

    [Fact]
    public void A_missing_config_map_of_a_volume_keeps_the_pod_from_starting_until_it_is_there()
    {
        PodLife life = new PodLife(Mounted).Run(25);
        life.Waiting!.Reason.Should().Be("ContainerCreating");
        life.Messages("FailedMount").Should().HaveCount(3).And.OnlyContain(m => m == "MountVolume.SetUp failed for volume \"config\" : configmap \"settings\" not found");

        life.SetConfig("settings", "mode", "fast");
        life.Run(2).App.IsRunning.Should().BeTrue();
    }

    [Fact]
    public void A_wrong_value_in_a_mounted_config_map_strikes_and_heals_while_the_container_runs()
    {
        PodLife life = new(Mounted, ("crash-when", "configmap:settings/url!=http://right"));
        life.SetConfig("settings", "url", "http://right");
        life.Run(10).App.RestartCount.Should().Be(0);

        life.SetConfig("settings", "url", "http://wrong");
        life.Run(30).App.RestartCount.Should().BeGreaterThan(0);

        life.SetConfig("settings", "url", "http://right");
        life.Run(60).App.IsReady.Should().BeTrue();
    }

    [Fact]
    public void A_value_in_the_environment_is_read_at_the_start_of_a_container_only()
    {
        PodLife life = new(FromEnv, ("crash-when", "env:MODE=wrong"));
        life.SetConfig("settings", "mode", "right");
        life.Run(10);
        life.SetConfig("settings", "mode", "wrong");

        life.Run(60).App.RestartCount.Should().Be(0, "a running process keeps its environment");
    }

    [Fact]
    public void An_unready_container_fails_its_probe_and_runs_on()
    {
        PodLife life = new PodLife(Probed, ("unready-when", "always; log=no database")).Run(30);

        life.App.IsReady.Should().BeFalse();
        life.App.RestartCount.Should().Be(0);
        life.Messages("Unhealthy").Should().HaveCountGreaterThan(3).And.OnlyContain(m => m == "Readiness probe failed: HTTP probe failed with statuscode: 503");
        life.App.Log.Should().EndWith("no database\n");
        life.App.Log.Split("no database").Should().HaveCount(2, "it is logged once");
    }

    [Fact]
    public void A_hung_container_becomes_unready_after_as_many_failures_as_the_probe_allows()
    {
        PodLife life = new PodLife(Probed, ("hang-after", "20s; log=deadlock")).Run(20);
        life.App.IsReady.Should().BeTrue();

        life.Run(10).App.IsReady.Should().BeFalse();
        life.Messages("Unhealthy").Should().OnlyContain(m => m
            == "Readiness probe failed: Get \"http://10.244.1.2:8080/ready\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        life.App.Log.Should().EndWith("deadlock\n");
        life.Run(3600).App.IsReady.Should().BeFalse("nothing but a restart helps");
    }

    [Theory]
    [InlineData("after kubectl rollout restart", true)]
    [InlineData("when it replaces a hung pod", false)]
    public void A_fresh_process_does_not_hang(string situation, bool restarted)
    {
        PodLife life = restarted
            ? new PodLife(Probed, ("hang-after", "20s"), (PodPlanReader.RestartedAt, "2026-11-20T12:00:00Z"))
            : new PodLife(Probed, replacesHungPod: true, ("hang-after", "20s"));

        life.Run(3600).App.IsReady.Should().BeTrue(situation);
    }

    [Fact]
    public void A_hung_container_with_a_liveness_probe_is_restarted_and_well()
    {
        PodLife life = new PodLife(Watched, ("hang-after", "20s")).Run(120);

        life.App.RestartCount.Should().Be(1);
        life.App.Last!.ExitCode.Should().Be(137);
        life.Messages("Unhealthy").Should().HaveCount(3);
        life.Messages("Killing").Should().Equal("Container app failed liveness probe, will be restarted");
        life.App.IsReady.Should().BeTrue();
    }

    [Fact]
    public void A_slow_start_is_killed_by_a_liveness_probe_that_does_not_wait()
    {
        new PodLife(Watched, ("slow-start", "60s")).Run(40).App.RestartCount.Should().Be(1);
        new PodLife(Watched, ("slow-start", "15s")).Run(300).App.RestartCount.Should().Be(0);
    }

    [Fact]
    public void A_startup_probe_gives_a_slow_start_its_time()
    {
        string patient = Watched.Replace("'livenessProbe'", "'startupProbe':{'tcpSocket':{'port':8080},'periodSeconds':10,'failureThreshold':30},'livenessProbe'");
        PodLife life = new PodLife(patient, ("slow-start", "60s")).Run(40);
        life.App.IsReady.Should().BeFalse();
        life.App.IsStarted.Should().BeFalse();

        life.Run(40).App.RestartCount.Should().Be(0);
        life.App.IsReady.Should().BeTrue();
        life.Messages("Unhealthy").Should().OnlyContain(m => m == "Startup probe failed: dial tcp 10.244.1.2:8080: connect: connection refused");
    }

    [Fact]
    public void Init_containers_run_one_after_another_before_the_others()
    {
        PodLife life = new("{'initContainers':[{'name':'one','image':'i:1'},{'name':'two','image':'i:1'}],'containers':[{'name':'app','image':'shop:1'}]}");
        life.Run(3).App.Phase.Should().Be(new ContainerPhase.Waiting(WaitStep.Turn, "PodInitializing", "", null));
        life.State.InitContainers[0].Phase.Should().BeOfType<ContainerPhase.Terminated>();

        life.Run(10).App.IsReady.Should().BeTrue();
        life.State.InitContainers[1].Phase.Should().BeOfType<ContainerPhase.Terminated>();
    }

    [Fact]
    public void A_failing_init_container_is_tried_again_and_holds_up_the_pod()
    {
        PodLife life = new PodLife("{'initContainers':[{'name':'one','image':'i:1'}],'containers':[{'name':'app','image':'shop:1'}]}", ("crash-when.one", "always")).Run(60);

        life.State.InitContainers[0].RestartCount.Should().BeGreaterThan(1);
        life.State.InitContainers[0].Phase.Should().Match<ContainerPhase.Waiting>(w => w.Reason == "CrashLoopBackOff");
        PodPhase.Of(life.Plan, life.State).Should().Be("Pending");
    }

    [Fact]
    public void A_sidecar_starts_first_and_runs_on()
    {
        PodLife life = new("{'initContainers':[{'name':'mesh','image':'m:1','restartPolicy':'Always'}],'containers':[{'name':'app','image':'shop:1'}]}");

        life.Run(10).App.IsReady.Should().BeTrue();
        life.State.InitContainers[0].IsRunning.Should().BeTrue();
    }

    [Theory]
    [InlineData("succeeds", "Never", 0, "Succeeded", 0)]
    [InlineData("fails and is left", "Never", 2, "Failed", 0)]
    public void A_finite_container_ends(string situation, string policy, int exit, string phase, int restarts)
    {
        PodLife life = new PodLife($"{{'restartPolicy':'{policy}','containers':[{{'name':'app','image':'job:1'}}]}}", ("exit-after", $"5s; exit={exit}")).Run(60);

        PodPhase.Of(life.Plan, life.State).Should().Be(phase, situation);
        life.App.RestartCount.Should().Be(restarts);
    }

    [Fact]
    public void A_finite_container_that_fails_is_restarted_on_failure()
    {
        PodLife life = new PodLife("{'restartPolicy':'OnFailure','containers':[{'name':'app','image':'job:1'}]}", ("exit-after", "1s; exit=2")).Run(60);

        life.App.RestartCount.Should().BeGreaterThan(1);
        PodPhase.Of(life.Plan, life.State).Should().Be("Running");
    }

    [Fact]
    public void A_deleted_pod_stops_within_its_grace_period()
    {
        PodLife life = new PodLife(Plain).Run(5);
        life.Delete(30);
        life.Run(0).State.IsStopped.Should().BeFalse();
        life.Run(1).State.IsStopped.Should().BeTrue();
        life.Messages("Killing").Should().Equal("Stopping container app");
        life.App.Phase.Should().Match<ContainerPhase.Terminated>(ended => ended.ExitCode == 0);
    }

    [Fact]
    public void A_deleted_pod_that_hangs_uses_its_whole_grace_period_and_is_killed()
    {
        PodLife life = new PodLife(Probed, ("hang-after", "5s")).Run(10);
        life.Delete(30);
        life.Run(29).State.IsStopped.Should().BeFalse();
        life.Run(1).App.Phase.Should().Match<ContainerPhase.Terminated>(ended => ended.ExitCode == 137);
    }

    [Fact]
    public void A_bad_annotation_is_said_once_and_has_no_effect()
    {
        PodLife life = new PodLife(Plain, ("crash-when", "images=x")).Run(60);

        life.Messages("SimulationAnnotationInvalid").Should().ContainSingle().Which.Should().StartWith("annotation sim.firstline.dev/crash-when: \"images=x\" is not understood");
        life.App.IsReady.Should().BeTrue();
    }

    [Fact]
    public void An_idle_pod_asks_for_no_wake_up()
    {
        PodLife life = new PodLife(Probed).Run(60);
        int before = life.Events.Count;

        Advance<PodState> next = PodMachine.Run(life.Plan, life.State, ContentView.Empty, new KubeletTiming(1), life.Now);

        next.WakeAt.Should().BeNull("a probe that can only succeed again is not asked");
        next.Events.Should().BeEmpty();
        life.Events.Should().HaveCount(before);
    }

    [Fact]
    public void Speed_shortens_waits_and_not_words()
    {
        PodPlan plan = new PodLife(Plain, ("crash-when", "always")).Plan;
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        PodState state = PodMachine.Begin(plan, "10.0.0.1", now);
        for (DateTimeOffset? wake = now; wake is { } at && at <= now.AddSeconds(0.7);)
        {
            Advance<PodState> next = PodMachine.Run(plan, state, ContentView.Empty, new KubeletTiming(10), at);
            (state, wake) = (next.State, next.WakeAt);
        }

        state.Containers[0].Phase.Should().Match<ContainerPhase.Waiting>(w => w.Message.StartsWith("back-off 10s restarting"));
    }

    [Fact]
    public void Read_remembers_from_the_status_what_a_restarted_kubelet_needs()
    {
        PodLife life = new PodLife(Plain, ("crash-when", "image=*:bad; exit=3")).Run(30);
        KubeObject pod = new(System.Text.Json.JsonElement.Parse(
            "{\"metadata\":" + life.Pod.Root.At("metadata").GetRawText() + ",\"spec\":" + life.Pod.Spec.GetRawText() + ",\"status\":" + life.Status.GetRawText() + "}"));

        PodState state = PodStateReader.Read(pod, life.Plan, "10.9.9.9")!;

        state.PodIp.Should().Be("10.244.1.2");
        state.Containers[0].RestartCount.Should().Be(life.App.RestartCount);
        state.Containers[0].Last!.ExitCode.Should().Be(3);
        state.Containers[0].Phase.Should().Match<ContainerPhase.Waiting>(w => w.Reason == "CrashLoopBackOff");
    }
}
