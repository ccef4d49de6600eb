using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class KillSwitchGateTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Fact]
    public void Judge_shows_why_it_is_on()
    {
        GateVerdict verdict = Judge(new() { Suspended = true, SuspendedReason = "ask Ann" });
        verdict.Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Reason = GateReasons.Suspended, Observed = "suspended: true" });
        verdict.Message.Should().EndWith("ask Ann");
    }

    [Theory]
    // situation, namespaces, runbooks, minutes until its end (0: none), decision
    [InlineData("of everything", "", "", 0, GateDecision.Closed)]
    [InlineData("of this namespace", "shop,bank", "", 0, GateDecision.Closed)]
    [InlineData("of another namespace", "bank", "", 0, GateDecision.Open)]
    [InlineData("of this runbook", "", "undo", 0, GateDecision.Closed)]
    [InlineData("of another runbook", "", "restart", 0, GateDecision.Open)]
    [InlineData("of this runbook in another namespace", "bank", "undo", 0, GateDecision.Open)]
    [InlineData("until later", "", "", 5, GateDecision.Closed)]
    [InlineData("until before", "", "", -5, GateDecision.Open)]
    public void A_pause_request_holds_where_and_while_it_says(string situation, string namespaces, string runbooks, int minutes, GateDecision expected)
    {
        PauseRequest pause = new()
        {
            Owner = "deploy", Reason = "a release is under way", Namespaces = Parts(namespaces), Runbooks = Parts(runbooks), ExpiresAt = minutes == 0 ? null : Now.AddMinutes(minutes),
        };
        GateVerdict verdict = Judge(new() { PauseRequests = [pause] });
        verdict.Decision.Should().Be(expected, situation);
        if (expected == GateDecision.Closed)
        {
            verdict.Should().BeEquivalentTo(new { Reason = GateReasons.PauseRequested, Observed = "deploy", NextEligibleTime = pause.ExpiresAt });
            verdict.Message.Should().Be("deploy asks that nothing be changed: a release is under way");
        }
    }

    [Fact]
    public void Of_several_parties_each_has_to_agree()
    {
        PauseRequest deploy = new() { Owner = "deploy", Reason = "release", ExpiresAt = Now.AddMinutes(5) };
        PauseRequest network = new() { Owner = "network", Reason = "cabling", ExpiresAt = Now.AddMinutes(30) };
        Judge(new() { PauseRequests = [deploy, network] }).Should().BeEquivalentTo(new { Observed = "deploy, network", NextEligibleTime = Now.AddMinutes(30) });
        Judge(new() { PauseRequests = [network] }).Observed.Should().Be("network", "taking back one's own lets the other's hold");
        Judge(new() { PauseRequests = [deploy, network with { ExpiresAt = null }] }).NextEligibleTime.Should().BeNull("one of them has no end");
    }

    [Fact]
    public void Judge_fails_closed_without_a_policy_and_holds_up_undoing_too()
    {
        new KillSwitchGate().Judge(Sample.View with { Policy = null }, Now).Reason.Should().Be(GateReasons.PolicyMissing);
        GateInput paused = Sample.View with { Policy = Sample.Policy with { PauseRequests = [new() { Owner = "a", Reason = "b" }] } };
        GateChain.FirstObstacle(GateChain.Judge(GateChain.Inverse, paused, Now))!.Reason.Should().Be(GateReasons.PauseRequested);
    }

    [Theory]
    [InlineData("true", GateDecision.Closed)]
    [InlineData("false", GateDecision.Open)]
    public void A_runbook_is_paused_by_its_own_mark(string value, GateDecision expected)
    {
        Runbook marked = Sample.Undo with { Metadata = Sample.Undo.Metadata with { Labels = Sample.Undo.Metadata.Labels.Add(AnnotationNames.Paused, value) } };
        new PausedGate().Judge(Sample.View with { Runbook = marked }, Now).Decision.Should().Be(expected);
    }

    private static GateVerdict Judge(RemediationPolicySpec policy) => new KillSwitchGate().Judge(Sample.View with { Policy = policy }, Now);

    private static ImmutableArray<string> Parts(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
