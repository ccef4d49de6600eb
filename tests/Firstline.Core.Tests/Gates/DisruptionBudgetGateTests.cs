using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;
using Firstline.Core.Gates;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class DisruptionBudgetGateTests
{
    [Theory]
    [InlineData("no budget", 2, "", GateReasons.Open, "2 ready pods", null)]
    [InlineData("room for all", 2, "2", GateReasons.Open, "2 ready pods", "2 disruptions by PodDisruptionBudget/b0")]
    [InlineData("room for one of two", 2, "1", GateReasons.DisruptionBudgetExceeded, "2 ready pods", "1 disruption by PodDisruptionBudget/b0")]
    [InlineData("no room", 1, "0", GateReasons.DisruptionBudgetExceeded, "1 ready pod", "0 disruptions by PodDisruptionBudget/b0")]
    [InlineData("the tightest of two", 1, "5,0", GateReasons.DisruptionBudgetExceeded, "1 ready pod", "0 disruptions by PodDisruptionBudget/b1")]
    [InlineData("no ready pod is stopped", 0, "0", GateReasons.Open, null, null)]
    [InlineData("budgets that are not known", 1, null, GateReasons.DisruptionBudgetUnknown, null, null)]
    [InlineData("budgets that are not asked", 0, null, GateReasons.Open, null, null)]
    public void A_plan_stops_no_more_pods_than_the_budgets_leave_room_for(string situation, int disrupted, string? allowed, string reason, string? observed, string? limit)
    {
        GateVerdict verdict = Judge(Request(disrupted), allowed);
        (verdict.Reason, verdict.Observed, verdict.Limit).Should().Be((reason, observed, limit), situation);
    }

    [Fact]
    public void An_eviction_asks_the_budget_itself()
    {
        Mutation eviction = new() { Verb = MutationVerb.Evict, Target = new() { Kind = "Pod", Namespace = "shop", Name = "web-1", Uid = "u" } };
        Judge(Request(1, eviction), "0").Decision.Should().Be(GateDecision.Open);
        Judge(Request(1, eviction, eviction with { Verb = MutationVerb.Delete }), "0").Decision.Should().Be(GateDecision.Closed, "a deletion asks none");
        TargetRef node = new() { ApiVersion = "v1", Kind = "Node", Name = "n", Uid = "n" };
        Mutation cordon = new() { Verb = MutationVerb.MergePatch, Target = node, Body = "{}" };
        Judge(Request(9, cordon, BoundPod.Evictions(node, [])), null).Decision.Should().Be(GateDecision.Open);
    }

    [Fact]
    public void What_it_began_is_finished_though_it_took_the_room_itself()
    {
        RemediationRequest begun = Request(1);
        begun = begun with { Status = new() { Steps = [Sample.Step(StepState.Applied, Sample.Now)] } };
        Judge(begun, "0").Decision.Should().Be(GateDecision.Open);
    }

    private static GateVerdict Judge(RemediationRequest request, string? allowed)
    {
        ImmutableArray<BudgetFacts>? budgets = allowed is null ? null :
        [
            .. allowed.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static (count, at) => new BudgetFacts
            {
                Ref = new() { ApiVersion = "policy/v1", Kind = "PodDisruptionBudget", Namespace = "shop", Name = $"b{at}" },
                Allowed = int.Parse(count, CultureInfo.InvariantCulture),
            }),
        ];
        return new DisruptionBudgetGate().Judge(Sample.ViewOf(request) with { Situation = Sample.Broken with { Budgets = budgets } }, Sample.Now);
    }

    private static RemediationRequest Request(int disrupted, params Mutation[] mutations)
    {
        RemediationRequest request = Sample.Request();
        RemediationPlan plan = request.Spec.Plan;
        return request with
        {
            Spec = request.Spec with
            {
                Plan = plan with
                {
                    BlastRadius = plan.BlastRadius with { DisruptedPods = disrupted },
                    Steps = mutations.Length == 0 ? plan.Steps : [new() { Name = "s", Forward = [.. mutations] }],
                },
            },
        };
    }
}
