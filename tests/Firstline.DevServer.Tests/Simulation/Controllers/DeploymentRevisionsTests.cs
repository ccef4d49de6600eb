using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class DeploymentRevisionsTests
{
    private static readonly KubeObject Deployment = Json.Object(
        "{'metadata':{'name':'web','annotations':{'team':'shop','deployment.kubernetes.io/revision':'2','kubectl.kubernetes.io/last-applied-configuration':'x'}},"
        + "'spec':{'template':{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'app','image':'web:1'}]}}}}");

    [Fact]
    public void FindNew_finds_the_old_replica_set_with_the_same_template()
    {
        KubeObject one = Set("web-a", 1, "web:1");
        KubeObject two = Set("web-b", 2, "web:2");

        DeploymentRevisions.FindNew(Deployment, [two, one]).Should().BeSameAs(one, "an undo takes the old ReplicaSet again");
    }

    [Fact]
    public void FindNew_finds_none_for_a_new_template()
    {
        DeploymentRevisions.FindNew(Deployment, [Set("web-b", 2, "web:2")]).Should().BeNull();
    }

    [Theory]
    [InlineData("the first", false, 0, new int[0], 1)]
    [InlineData("a new template", false, 0, new[] { 1, 2 }, 3)]
    [InlineData("an old template becomes the newest", true, 1, new[] { 2, 3 }, 4)]
    [InlineData("the newest stays", true, 3, new[] { 1, 2 }, 3)]
    public void Next_is_above_all_old_revisions(string situation, bool exists, int revision, int[] old, int next)
    {
        KubeObject? set = exists ? Set("web-a", revision, "web:1") : null;
        DeploymentRevisions.Next(set, [.. old.Select(number => Set($"web-{number}", number, "web:0"))]).Should().Be(next, situation);
    }

    [Fact]
    public void Copied_leaves_out_what_is_the_deployments_own()
    {
        DeploymentRevisions.Copied(Deployment).Select(a => a.Key).Should().Equal("team");
    }

    [Fact]
    public void Outdated_are_the_oldest_without_pods()
    {
        KubeObject busy = Set("web-1", 1, "web:1", replicas: 2);
        KubeObject old = Set("web-2", 2, "web:2");
        KubeObject recent = Set("web-3", 3, "web:3");

        DeploymentRevisions.Outdated([recent, busy, old], 2).Should().Equal(old);
    }

    private static KubeObject Set(string name, int revision, string image, int replicas = 0) => Json.Object(
        $"{{'metadata':{{'name':'{name}','annotations':{{'deployment.kubernetes.io/revision':'{revision}'}}}},'spec':{{'replicas':{replicas},"
        + $"'template':{{'spec':{{'containers':[{{'image':'{image}','name':'app'}}]}},'metadata':{{'labels':{{'pod-template-hash':'x','app':'web'}}}}}}}}}}");
}
