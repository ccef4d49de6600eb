using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Planning;

public sealed class TargetContentTests
{
    [Theory]
    [InlineData("as it was planned on", "web-uid", 2, true)]
    [InlineData("changed since", "web-uid", 3, false)]
    [InlineData("made again since", "again", 2, false)]
    public void AddTo_believes_only_the_object_that_the_plan_is_about(string situation, string uid, int generation, bool added)
    {
        RemediationRequestSpec spec = Sample.Planned().Spec;
        JsonNode target = JsonNode.Parse($$$"""{"metadata":{"uid":"{{{uid}}}","generation":{{{generation}}}},"spec":{"replicas":4,"paused":false}}""")!;

        RemediationRequestSpec after = TargetContent.AddTo(spec, target);

        after.Plan.TargetContentHash.Should().Be(added ? Scaling.HashOf(JsonNode.Parse("""{"spec":{"replicas":9,"paused":false}}""")) : null, situation);
        after.PlanHash.Should().Be(PlanHash.Of(after.Plan), "an approval is for this very plan");
        after.PlanHash.Equals(spec.PlanHash, StringComparison.Ordinal).Should().Be(!added);
    }

    [Fact]
    public void IsWantedFor_leaves_out_what_can_not_be_scaled_and_what_sets_the_replicas()
    {
        RemediationPlan plan = Sample.Planned().Spec.Plan;
        TargetContent.IsWantedFor(plan).Should().BeTrue();
        TargetContent.IsWantedFor(plan with { Target = plan.Target with { Kind = "DaemonSet" } }).Should().BeFalse();
        Mutation scale = new() { Verb = MutationVerb.MergePatch, Target = plan.Target, Body = """{"spec":{"replicas":5}}""" };
        TargetContent.IsWantedFor(plan with { Steps = [plan.Steps[0] with { Forward = [scale] }] }).Should().BeFalse();
    }
}
