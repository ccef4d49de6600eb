using System.Text.Json;
using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Kubelet;

public class PodStatusWriterTests
{
    private const string Plain = "{'containers':[{'name':'app','image':'shop:bad'}]}";

    [Fact]
    public void Write_shows_a_crash_loop_as_the_kubelet_does()
    {
        JsonElement status = new PodLife(Plain, ("crash-when", "image=*:bad; exit=3")).Run(6).Status;

        status.Text("phase").Should().Be("Running");
        JsonElement container = status.Items("containerStatuses").Single();
        container.Text("state", "waiting", "reason").Should().Be("CrashLoopBackOff");
        container.At("lastState", "terminated").Number("exitCode").Should().Be(3);
        container.Text("lastState", "terminated", "containerID").Should().StartWith("containerd://").And.NotBe(container.Text("containerID"));
        container.Text("image").Should().Be("docker.io/library/shop:bad");
        container.Flag("ready").Should().BeFalse();
        Condition(status, "Ready").Should().Be("False ContainersNotReady containers with unready status: [app]");
        Condition(status, "Initialized").Should().Be("True  ");
    }

    [Fact]
    public void Write_shows_a_pod_that_serves()
    {
        JsonElement status = new PodLife(Plain).Run(6).Status;

        status.Text("podIP").Should().Be("10.244.1.2");
        status.Text("hostIP").Should().Be("172.18.0.2");
        Condition(status, "Ready").Should().Be("True  ");
        status.Items("containerStatuses").Single().At("lastState").Members().Should().BeEmpty();
    }

    [Fact]
    public void Write_shows_a_pod_that_has_done_its_work()
    {
        JsonElement status = new PodLife("{'restartPolicy':'Never','containers':[{'name':'app','image':'job:1'}]}").Run(6).Status;

        status.Text("phase").Should().Be("Succeeded");
        Condition(status, "Ready").Should().Be("False PodCompleted ");
        status.Items("containerStatuses").Single().Text("state", "terminated", "reason").Should().Be("Completed");
    }

    [Fact]
    public void Write_shows_a_pod_that_waits_for_its_volume()
    {
        JsonElement status = new PodLife(
            "{'volumes':[{'name':'c','secret':{'secretName':'s'}}],'initContainers':[{'name':'one','image':'i:1'}],'containers':[{'name':'app','image':'a:1'}]}").Run(1).Status;

        status.Text("phase").Should().Be("Pending");
        status.Text("podIP").Should().BeNull();
        Condition(status, "Initialized").Should().Be("False ContainersNotInitialized containers with incomplete status: [one]");
        status.Items("containerStatuses").Single().Text("state", "waiting", "reason").Should().Be("PodInitializing");
    }

    private static string Condition(JsonElement status, string type)
    {
        JsonElement condition = status.Items("conditions").Single(c => c.Text("type") == type);
        return $"{condition.Text("status")} {condition.Text("reason")} {condition.Text("message")}";
    }
}
