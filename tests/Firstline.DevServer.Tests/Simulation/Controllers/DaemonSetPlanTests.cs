using System.Collections.Immutable;
using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;
using Member = Firstline.DevServer.Simulation.Controllers.DaemonSetPlan.Member;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class DaemonSetPlanTests
{
    private static readonly ImmutableArray<string> Nodes = ["a", "b", "c"];

    [Fact]
    public void Next_creates_one_pod_for_each_node()
    {
        DaemonSetPlan.Steps steps = DaemonSetPlan.Next(Nodes, [Well("a")], 1);
        steps.Create.Should().Equal("b", "c");
        steps.Delete.Should().BeEmpty();
    }

    [Fact]
    public void Next_waits_for_a_pod_that_goes()
    {
        DaemonSetPlan.Next(Nodes, [Well("a"), Well("b"), Well("c") with { IsDeleting = true }], 1).Create.Should().BeEmpty();
    }

    [Fact]
    public void Next_removes_pods_of_nodes_that_no_longer_fit()
    {
        DaemonSetPlan.Next(["a"], [Well("a"), Well("b")], 1).Delete.Should().Equal("pod-b");
    }

    [Fact]
    public void Next_replaces_a_pod_that_is_over()
    {
        DaemonSetPlan.Steps steps = DaemonSetPlan.Next(["a"], [Well("a") with { IsFinished = true, IsAvailable = false }], 1);
        steps.Delete.Should().Equal("pod-a");
        steps.Create.Should().Equal("a");
    }

    [Theory]
    [InlineData("one at a time", 1, new[] { "pod-a" })]
    [InlineData("two at a time", 2, new[] { "pod-a", "pod-b" })]
    [InlineData("only when deleted by hand", null, new string[0])]
    public void Next_updates_within_the_limit(string situation, int? limit, string[] deleted)
    {
        DaemonSetPlan.Next(Nodes, [Old("a"), Old("b"), Old("c")], limit).Delete.Should().Equal(deleted, situation);
    }

    [Fact]
    public void Next_updates_a_pod_that_serves_no_one_first_and_waits_for_it()
    {
        DaemonSetPlan.Next(Nodes, [Old("a"), Old("b") with { IsAvailable = false }, Well("c")], 1).Delete.Should().Equal("pod-b");
    }

    private static Member Well(string node) => new($"pod-{node}", node, IsUpdated: true, IsAvailable: true, IsDeleting: false, IsFinished: false);

    private static Member Old(string node) => Well(node) with { IsUpdated = false };
}
