using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class ShortWaitTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Theory]
    // situation                                             reason                        waits since  opens in  approved  quiet
    [InlineData("a cooldown of half a minute",               GateReasons.CoolingDown,           0,      0.5,    null,  true)]
    [InlineData("a cooldown of a quarter of an hour",        GateReasons.CoolingDown,           0,     15.0,    null,  false)]
    [InlineData("its last minutes",                          GateReasons.CoolingDown,         -12,      3.0,    null,  false)]
    [InlineData("a rate that is free again soon",            GateReasons.RateExceeded,         -1,      3.0,    null,  true)]
    [InlineData("others are under way",                      GateReasons.TooManyUnderWay,      -1,     null,    null,  true)]
    [InlineData("others are under way for long",             GateReasons.TooManyUnderWay,      -5,     null,    null,  false)]
    [InlineData("somebody has just put the kill switch on",  GateReasons.Suspended,            -4.9,   null,    null,  true)]
    [InlineData("the kill switch stays on",                  GateReasons.Suspended,            -5,     null,    null,  false)]
    [InlineData("it waited for its approval before",         GateReasons.CoolingDown,        -120,      2.0,   -1,     true)]
    [InlineData("Prometheus is away for a moment",           GateReasons.VerifierAway,         -1,     null,    null,  true)]
    [InlineData("Prometheus stays away",                     GateReasons.VerifierAway,         -5,     null,    null,  false)]
    [InlineData("nothing opens it by itself",                GateReasons.BlastRadiusExceeded,   0,      1.0,    null,  false)]
    public void Until_calls_nobody_for_what_passes_within_minutes(string situation, string reason, double since, double? opens, int? approved, bool quiet)
    {
        RemediationRequest waiting = Waiting(reason, since, opens, approved);
        (ShortWait.Until(waiting, Now) is not null).Should().Be(quiet, situation);

        IncidentStatus status = IncidentProgress.ToStatus(new(Sample.Incident, [waiting]), new IncidentStep.Follow(waiting), Now);
        status.Stage.Should().Be(quiet ? "Blocked" : "Escalated", situation);
        Condition escalated = status.Conditions.Single(static c => c.Type == ConditionTypes.Escalated);
        escalated.Reason.Should().Be(quiet ? Reasons.WaitsShortly : Reasons.GateClosed);
        escalated.Message.Should().StartWith($"gate G of {waiting.Metadata.Name} is closed: for now");
    }

    [Fact]
    public void Until_says_when_humans_are_called()
    {
        RemediationRequest waiting = Waiting(GateReasons.CoolingDown, -1, 2.0, null);
        ShortWait.Until(waiting, Now).Should().Be(Now.AddMinutes(4));
        IncidentLifecycle.LookAgainAt(new(Sample.Incident, [waiting]), new IncidentStep.Follow(waiting), Now).Should().Be(Now.AddMinutes(4));
        IncidentStatus status = IncidentProgress.ToStatus(new(Sample.Incident, [waiting]), new IncidentStep.Follow(waiting), Now);
        status.Conditions.Single(static c => c.Type == ConditionTypes.Escalated).Message
            .Should().EndWith("it may open at 2026-11-20 12:02:00Z; humans are called if it still waits at 2026-11-20 12:04:00Z");
        status.NextStep.Should().Be($"{waiting.Metadata.Name}: waits until then");
    }

    [Fact]
    public void Until_is_no_excuse_for_a_change_that_is_held_up_halfway()
    {
        RemediationRequest halfway = Waiting(GateReasons.Suspended, 0, null, null).With(static s => s with { Steps = [Sample.Step(StepState.Applied, Now)] });
        ShortWait.Until(halfway, Now).Should().BeNull();
    }

    private static RemediationRequest Waiting(string reason, double since, double? opens, int? approved) => Sample.Request().With(s => s with
    {
        NextStep = "waits until then",
        Gates = [new() { Name = "G", Decision = GateDecision.Closed, Reason = reason, Message = "for now", NextEligibleTime = opens is { } minutes ? Now.AddMinutes(minutes) : null }],
        Conditions = [new() { Type = ConditionTypes.Permitted, Status = ConditionStatus.False, Reason = reason, LastTransitionTime = Now.AddMinutes(since) }],
        Approvals = approved is { } minute ? [new() { User = "ann", SeenAt = Now.AddMinutes(minute) }] : [],
    });
}
