using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class BudgetGateTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Theory]
    // What others have touched within the hour: so many requests, each with its own target, pods and namespace. This one disrupts 2 pods of Deployment web in shop.
    [InlineData("nobody else", 0, 0, "shop", "Deployment", GateDecision.Open, null)]
    [InlineData("exactly all pods of the cluster", 1, 8, "bank", "Deployment", GateDecision.Open, null)]
    [InlineData("one pod of the cluster too many", 1, 9, "bank", "Deployment", GateDecision.Closed, "11 pods")]
    [InlineData("exactly all pods of the namespace", 1, 3, "shop", "Deployment", GateDecision.Open, null)]
    [InlineData("one pod of the namespace too many", 1, 4, "shop", "Deployment", GateDecision.Closed, "6 pods in namespace shop")]
    [InlineData("exactly all workloads", 3, 0, "shop", "Deployment", GateDecision.Open, null)]
    [InlineData("one workload too many", 4, 0, "shop", "Deployment", GateDecision.Closed, "5 workloads")]
    [InlineData("a node does not count as a workload", 2, 0, "shop", "Node", GateDecision.Open, null)]
    [InlineData("one node too many", 3, 0, "shop", "Node", GateDecision.Closed, "3 nodes")]
    [InlineData("one namespace too many", 3, 0, "*", "Deployment", GateDecision.Closed, "4 namespaces")]
    public void Judge_adds_up_what_all_runbooks_touch(string situation, int others, int podsOfEach, string ns, string kind, GateDecision expected, string? seen)
    {
        RemediationRequest[] spent = [.. Enumerable.Range(0, others).Select(i => Changed(i, podsOfEach, ns == "*" ? $"ns{i}" : ns, kind, 30))];
        GateVerdict verdict = Judge(spent);
        verdict.Decision.Should().Be(expected, situation);
        if (seen is not null)
        {
            verdict.Should().BeEquivalentTo(new { Reason = GateReasons.BudgetExceeded, Observed = seen, NextEligibleTime = Now.AddMinutes(30) });
            verdict.Message.Should().Contain("within an hour; the policy allows");
        }
    }

    [Fact]
    public void What_was_touched_an_hour_ago_does_not_count_and_what_is_under_way_does()
    {
        Judge(Changed(0, 9, "bank", "Deployment", 60)).Decision.Should().Be(GateDecision.Open);
        Judge(Changed(0, 9, "bank", "Deployment", 60).With(s => s with { Outcome = null })).Decision.Should().Be(GateDecision.Closed, "it may still be disrupting them");
    }

    [Fact]
    public void It_opens_when_so_much_has_left_the_hour_that_there_is_room()
    {
        Judge(Changed(0, 4, "bank", "Deployment", 50), Changed(1, 4, "bank", "Deployment", 20), Changed(2, 1, "bank", "Deployment", 10)).NextEligibleTime.Should().Be(Now.AddMinutes(10));
        RemediationPolicySpec nothing = Sample.Policy with { Limits = new() { Budget = new() { Pods = 1 } } };
        new BudgetGate().Judge(View() with { Policy = nothing }, Now).Should().BeEquivalentTo(new { Decision = GateDecision.Closed, NextEligibleTime = (DateTimeOffset?)null }, "alone it is too much");
    }

    [Theory]
    [InlineData("room for them", 3, GateDecision.Open)]
    [InlineData("one too many", 4, GateDecision.Closed)]
    public void The_pods_of_a_drain_count_where_they_live(string situation, int others, GateDecision expected)
    {
        GateInput drain = DrainSample.ViewOf(DrainSample.Request());
        drain = drain with { Policy = View().Policy, Requests = [drain.Request, Changed(0, others, "shop", "Deployment", 30)] };
        GateVerdict verdict = new BudgetGate().Judge(drain, Now);
        verdict.Decision.Should().Be(expected, situation);
        verdict.Observed.Should().Be(expected == GateDecision.Closed ? "6 pods in namespace shop" : null);
        RemediationRequest drained = drain.Request.With(_ => new() { Steps = [Sample.Step(StepState.Applied, Now)], Outcome = RemediationOutcome.Succeeded });
        drained = drained with { Metadata = drained.Metadata with { Uid = "drained" } };
        Judge(drained, Changed(0, others - 2, "shop", "Deployment", 30)).Decision.Should().Be(expected, "spent by a drain");
    }

    private static GateVerdict Judge(params RemediationRequest[] others) => new BudgetGate().Judge(View(others), Now);

    private static GateInput View(params RemediationRequest[] others)
    {
        RemediationRequest request = Sample.Request();
        request = request with { Spec = request.Spec with { Plan = request.Spec.Plan with { BlastRadius = new() { DisruptedPods = 2 } } } };
        return Sample.ViewOf(request) with
        {
            Policy = Sample.Policy with { Limits = new() { Budget = new() { Pods = 10, PodsPerNamespace = 5, Workloads = 4, Namespaces = 3, Nodes = 2 } } },
            Requests = [request, .. others],
        };
    }

    private static RemediationRequest Changed(int number, int pods, string ns, string kind, int minutesAgo)
    {
        RemediationRequest other = Sample.Other($"t{number}", Sample.Step(StepState.Applied, Now.AddMinutes(-minutesAgo))).With(s => s with { Outcome = RemediationOutcome.Succeeded });
        TargetRef target = other.Spec.Plan.Target with { Kind = kind, Namespace = kind == "Node" ? null : ns };
        return other with
        {
            Metadata = other.Metadata with { Uid = $"other-{number}" },
            Spec = other.Spec with { Plan = other.Spec.Plan with { Target = target, Steps = [], BlastRadius = new() { DisruptedPods = pods } } },
        };
    }
}
