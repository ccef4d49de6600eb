using System.Collections.Immutable;
using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Scheduler;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Scheduler;

public class PlacerTests
{
    private static readonly ImmutableDictionary<string, int> NoSiblings = ImmutableDictionary<string, int>.Empty;
    private static readonly KubeObject Pod = Json.Object("{'spec':{'containers':[{'resources':{'requests':{'cpu':'1','memory':'1Gi'}}}]}}");

    [Fact]
    public void Place_prefers_the_node_with_fewest_siblings_then_most_room()
    {
        ImmutableArray<NodeView> nodes = [Node("a", cpu: 4), Node("b", cpu: 2), Node("c", cpu: 3)];
        Placer.Place(Pod, nodes, NoSiblings.Add("a", 1)).Should().Be(new Placement.On("c"));
    }

    [Theory]
    [InlineData("too little cpu", "{}", "{}", 0.5, 110, "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.")]
    [InlineData("too many pods", "{}", "{}", 4.0, 0, "0/1 nodes are available: 1 Too many pods. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.")]
    [InlineData("cordoned", "{'unschedulable':true}", "{}", 4.0, 110, "0/1 nodes are available: 1 node(s) were unschedulable. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.")]
    [InlineData("tainted", "{'taints':[{'key':'gpu','value':'yes','effect':'NoSchedule'}]}", "{}", 4.0, 110, "0/1 nodes are available: 1 node(s) had untolerated taint {gpu: yes}. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.")]
    [InlineData("another selector", "{}", "{'nodeSelector':{'disk':'ssd'}}", 4.0, 110, "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.")]
    public void Place_says_why_no_node_fits(string why, string nodeSpec, string podSpec, double cpu, int pods, string message)
    {
        string spec = podSpec.Length > 2 ? podSpec[1..^1] + "," : "";
        KubeObject pod = Json.Object($"{{'spec':{{{spec}'containers':[{{'resources':{{'requests':{{'cpu':'1'}}}}}}]}}}}");
        Placer.Place(pod, [Node("a", (decimal)cpu, nodeSpec, pods)], NoSiblings).Should().Be(new Placement.Nowhere(message), why);
    }

    [Fact]
    public void Place_counts_each_reason()
    {
        ImmutableArray<NodeView> nodes = [Node("a", 0), Node("b", 0), Node("c", 4, "{'unschedulable':true}")];
        Placer.Place(Pod, nodes, NoSiblings).Should().Be(new Placement.Nowhere(
            "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. "
            + "preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod."));
    }

    [Fact]
    public void Place_says_when_there_are_no_nodes()
    {
        Placer.Place(Pod, [], NoSiblings).Should().Be(new Placement.Nowhere("no nodes available to schedule pods"));
    }

    [Theory]
    [InlineData("exists, any effect", "{'key':'gpu','operator':'Exists'}", true)]
    [InlineData("same value", "{'key':'gpu','value':'yes','effect':'NoSchedule'}", true)]
    [InlineData("another value", "{'key':'gpu','value':'no'}", false)]
    [InlineData("another effect", "{'key':'gpu','operator':'Exists','effect':'NoExecute'}", false)]
    [InlineData("everything", "{'operator':'Exists'}", true)]
    public void Tolerates_follows_the_toleration(string rule, string toleration, bool tolerated)
    {
        KubeObject pod = Json.Object($"{{'spec':{{'tolerations':[{toleration}]}}}}");
        Placer.Tolerates(pod, Json.Of("{'key':'gpu','value':'yes','effect':'NoSchedule'}")).Should().Be(tolerated, rule);
    }

    private static NodeView Node(string name, decimal cpu, string spec = "{}", int pods = 110) =>
        new(Json.Object($"{{'metadata':{{'name':'{name}'}},'spec':{spec}}}"), new Resources(cpu, 8L * 1024 * 1024 * 1024), pods);
}
