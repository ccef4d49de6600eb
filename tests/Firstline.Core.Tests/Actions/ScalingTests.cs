using System.Text;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Actions;

public sealed class ScalingTests
{
    private const string Entry = """{"manager":"kube-controller-manager","operation":"Update","subresource":"scale","fieldsV1":{"f:spec":{"f:replicas":{}}}}""";

    [Theory]
    [InlineData("scaled", "[" + Entry + "]", true)]
    [InlineData("scaled, with blanks", """[ { "manager" : "x" , "subresource" : "scale" } ]""", true)]
    [InlineData("its status was written", """[{"manager":"kube-controller-manager","subresource":"status"}]""", false)]
    [InlineData("edited", """[{"manager":"kubectl-edit","operation":"Update"}]""", false)]
    [InlineData("a manager of that name", """[{"manager":"scale","operation":"Update"}]""", false)]
    [InlineData("nothing known", "[]", false)]
    public void IsByScale_reads_who_set_the_replicas(string situation, string managedFields, bool expected) =>
        Scaling.IsByScale(Encoding.UTF8.GetBytes($$$"""{"metadata":{"name":"web","managedFields":{{{managedFields}}}},"spec":{"replicas":3}}""")).Should().Be(expected, situation);

    [Fact]
    public void IsByScale_is_not_taken_in_by_text() =>
        Scaling.IsByScale("""{"metadata":{"annotations":{"a":"\"subresource\":\"scale\"","subresource":"scale"}},"spec":{"template":{"spec":{"subresource":"scale"}}}}"""u8).Should().BeFalse();

    [Fact]
    public void HashOf_leaves_replicas_out_and_nothing_else()
    {
        string? three = Hash("""{"replicas":3,"paused":false,"template":{"a":"é"}}""");
        Hash("""{"paused":false,"template":{"a":"\u00e9"},"replicas":9}""").Should().Be(three, "neither the count nor the way of writing matters");
        Hash("""{"replicas":3,"paused":true,"template":{"a":"é"}}""").Should().NotBe(three);
        Scaling.HashOf(JsonNode.Parse("""{"data":{}}""")).Should().BeNull();
    }

    [Fact]
    public void IsPlanned_knows_a_plan_that_sets_replicas()
    {
        Scaling.IsPlanned(Sample.Request().Spec.Plan).Should().BeFalse();
        Runbook more = Sample.Change(Sample.Undo, static s => s with { Steps = [new() { Name = "more", Action = "SetReplicas", With = s.Steps[0].With.Add("replicas", "5") }] });
        Scaling.IsPlanned(Sample.Request(Sample.Planning with { Runbooks = [more] }).Spec.Plan).Should().BeTrue();
    }

    private static string? Hash(string spec) => Scaling.HashOf(JsonNode.Parse($$$"""{"kind":"Deployment","spec":{{{spec}}}}"""));
}
