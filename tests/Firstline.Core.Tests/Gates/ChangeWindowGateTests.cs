using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

public sealed class ChangeWindowGateTests
{
    private static readonly ChangeWindow Nightly = new() { Name = "nightly", TimeZone = "Europe/Berlin", Start = "22:00", End = "06:00" };

    [Theory]
    // situation, days, start, end, now (UTC), open, next opening (UTC). Berlin is two hours ahead in summer, one in winter
    [InlineData("in the evening", "", "22:00", "06:00", "2026-07-01T20:00", true, null)]
    [InlineData("a minute before", "", "22:00", "06:00", "2026-07-01T19:59", false, "2026-07-01T20:00")]
    [InlineData("after midnight", "", "22:00", "06:00", "2026-07-02T03:59", true, null)]
    [InlineData("at its end", "", "22:00", "06:00", "2026-07-02T04:00", false, "2026-07-02T20:00")]
    [InlineData("in winter an hour later", "", "22:00", "06:00", "2026-12-01T20:00", false, "2026-12-01T21:00")]
    [InlineData("on a day that is named", "Wed", "10:00", "12:00", "2026-07-01T08:30", true, null)]
    [InlineData("on another day", "Wed", "10:00", "12:00", "2026-07-02T08:30", false, "2026-07-08T08:00")]
    [InlineData("into the day after the one that is named", "Sat", "22:00", "06:00", "2026-07-05T02:00", true, null)]
    [InlineData("not from the day before the one that is named", "Sun", "22:00", "06:00", "2026-07-05T02:00", false, "2026-07-05T20:00")]
    [InlineData("all day", "Sun", "00:00", "00:00", "2026-07-05T21:59", true, null)]
    [InlineData("the night in which the clocks go forward is an hour shorter", "", "22:00", "06:00", "2026-03-29T04:00", false, "2026-03-29T20:00")]
    [InlineData("the night in which the clocks go back is an hour longer", "", "22:00", "06:00", "2026-10-25T04:59", true, null)]
    [InlineData("begins in the hour that is left out: later by as much", "", "02:30", "04:00", "2026-03-29T01:29", false, "2026-03-29T01:30")]
    [InlineData("lies in the hour that is left out: keeps its length", "", "02:00", "02:30", "2026-03-29T01:29", true, null)]
    [InlineData("begins in the hour that there is twice: the first time", "", "02:30", "04:00", "2026-10-25T00:30", true, null)]
    [InlineData("ends in the hour that there is twice: the first time", "", "01:00", "02:30", "2026-10-25T00:30", false, "2026-10-26T00:00")]
    public void A_window_keeps_to_the_clock_on_the_wall(string situation, string days, string start, string end, string now, bool open, string? next)
    {
        ChangeWindow window = new()
        {
            Name = "w", TimeZone = "Europe/Berlin", Start = start, End = end, Days = [.. days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Weekday>)],
        };
        GateVerdict verdict = Judge(new() { ChangeWindows = [window] }, Utc(now));
        verdict.Decision.Should().Be(open ? GateDecision.Open : GateDecision.Closed, situation);
        verdict.NextEligibleTime.Should().Be(next is null ? null : Utc(next), situation);
        if (!open)
        {
            verdict.Should().BeEquivalentTo(new { Reason = GateReasons.OutsideWindow, Observed = "outside" });
            verdict.Limit.Should().Contain($"{start}-{end} Europe/Berlin");
            Judge(new() { ChangeWindows = [window] }, verdict.NextEligibleTime!.Value).Decision.Should().Be(GateDecision.Open, "it runs the moment its window opens");
        }
    }

    [Theory]
    [InlineData("nobody asks for a window", "", "", GateReasons.Open)]
    [InlineData("a window of another namespace", "other", "", GateReasons.Open)]
    [InlineData("a window of this namespace", "shop", "", GateReasons.OutsideWindow)]
    [InlineData("a window of all", "*", "", GateReasons.OutsideWindow)]
    [InlineData("a freeze of this namespace", "", "shop", GateReasons.Frozen)]
    [InlineData("a freeze of another", "", "other", GateReasons.Open)]
    [InlineData("both", "shop", "shop", GateReasons.Frozen)]
    public void Windows_and_freezes_are_for_the_namespaces_that_they_name(string situation, string window, string freeze, string reason)
    {
        RemediationPolicySpec policy = new()
        {
            ChangeWindows = window.Length == 0 ? [] : [Nightly with { Namespaces = window == "*" ? [] : [window] }],
            Freezes = freeze.Length == 0 ? [] : [Freeze(Sample.Now.AddHours(-1), Sample.Now.AddHours(1)) with { Namespaces = [freeze] }],
        };
        Judge(policy, Sample.Now).Reason.Should().Be(reason, situation);
    }

    [Theory]
    [InlineData("before it", -1, GateDecision.Open)]
    [InlineData("as it begins", 0, GateDecision.Closed)]
    [InlineData("in it", 47, GateDecision.Closed)]
    [InlineData("as it ends", 48, GateDecision.Open)]
    public void A_freeze_holds_from_its_begin_to_its_end(string situation, int hours, GateDecision expected)
    {
        ChangeFreeze freeze = Freeze(Sample.Now, Sample.Now.AddHours(48)) with { Reason = "year's end; ask Ann" };
        GateVerdict verdict = Judge(new() { Freezes = [freeze] }, Sample.Now.AddHours(hours));
        verdict.Decision.Should().Be(expected, situation);
        if (expected == GateDecision.Closed)
        {
            verdict.Should().BeEquivalentTo(new { Reason = GateReasons.Frozen, Message = "freeze f holds: year's end; ask Ann", NextEligibleTime = Sample.Now.AddHours(48) });
        }
    }

    [Fact]
    public void After_a_freeze_the_window_still_has_to_open()
    {
        RemediationPolicySpec policy = new() { ChangeWindows = [Nightly], Freezes = [Freeze(Sample.Now, Utc("2026-11-22T12:00"))] };
        Judge(policy, Sample.Now).NextEligibleTime.Should().Be(Utc("2026-11-22T21:00"));
        Judge(policy with { Freezes = [Freeze(Sample.Now, DateTimeOffset.MaxValue.AddDays(-30))] }, Sample.Now).NextEligibleTime.Should().BeAfter(Sample.Now.AddYears(1000));
    }

    [Theory]
    [InlineData("confirmed as one that need not wait", Severity.SEV1, null, GateDecision.Open)]
    [InlineData("confirmed as another", Severity.SEV2, null, GateDecision.Closed)]
    [InlineData("only suggested", null, Severity.SEV1, GateDecision.Closed)]
    public void A_severity_is_excepted_once_a_human_confirmed_it(string situation, Severity? confirmed, Severity? suggested, GateDecision expected)
    {
        RemediationPolicySpec policy = new() { ChangeWindows = [Nightly with { ExceptSeverities = [Severity.SEV1] }] };
        Incident incident = Sample.Incident with
        {
            Spec = Sample.Incident.Spec with { Severity = confirmed }, Status = Sample.Incident.Status! with { SuggestedSeverity = suggested },
        };
        new ChangeWindowGate().Judge(Sample.View with { Policy = policy, Incident = incident }, Sample.Now).Decision.Should().Be(expected, situation);
    }

    [Theory]
    [InlineData("a zone that there is not", "Europe/Berlinn", "22:00", "06:00", "spec.changeWindows[w].timeZone: there is no time zone \"Europe/Berlinn\"")]
    [InlineData("a start that is no time", "UTC", "25:00", "06:00", "spec.changeWindows[w].start: \"25:00\" is no time of day")]
    [InlineData("an end that is no time", "UTC", "22:00", "6", "spec.changeWindows[w].end: \"6\" is no time of day")]
    public void What_cannot_be_read_is_closed_and_names_the_field(string situation, string zone, string start, string end, string words)
    {
        RemediationPolicySpec policy = new() { ChangeWindows = [new() { Name = "w", TimeZone = zone, Start = start, End = end }, new() { Name = "always", TimeZone = "UTC", Start = "00:00", End = "00:00" }] };
        GateVerdict verdict = Judge(policy, Sample.Now);
        verdict.Should().BeEquivalentTo(new { Decision = GateDecision.Closed, Reason = GateReasons.WindowUnreadable }, situation);
        verdict.Message.Should().Contain(words);
        Judge(new() { Freezes = [Freeze(Sample.Now, Sample.Now)] }, Sample.Now).Message.Should().Contain("spec.freezes[f].until");
    }

    [Fact]
    public void Judge_fails_closed_without_policy_or_time_zones_and_lets_finish_what_has_begun()
    {
        GateInput view = Sample.View with { Policy = new() { ChangeWindows = [Nightly] } };
        new ChangeWindowGate().Judge(view with { Policy = null }, Utc("2026-07-01T22:00")).Decision.Should().Be(GateDecision.Closed);
        new ChangeWindowGate().Judge(view, Utc("2026-07-01T22:00")).Decision.Should().Be(GateDecision.Open);
        new ChangeWindowGate().Judge(view with { TimeZones = null }, Utc("2026-07-01T22:00")).Reason.Should().Be(GateReasons.WindowUnreadable);
        RemediationRequest begun = Sample.Request().With(s => s with { Steps = [Sample.Step(StepState.Applied, Sample.Now)] });
        new ChangeWindowGate().Judge(view with { Request = begun }, Sample.Now).Decision.Should().Be(GateDecision.Open);
        RemediationRequest inItsStep = Sample.Request().With(s => s with { Steps = [Sample.Step(StepState.Intended) with { StartedAt = Sample.Now }] });
        new ChangeWindowGate().Judge(view with { Request = inItsStep }, Sample.Now).Decision.Should().Be(GateDecision.Open);
    }

    [Fact]
    public void A_plan_does_not_expire_before_its_window_opens()
    {
        PlanningInput input = Sample.Planning with { Policy = Sample.Policy with { ChangeWindows = [Nightly] }, TimeZones = Sample.View.TimeZones };
        Sample.Planned(input).Spec.ExpiresAt.Should().Be(Utc("2026-11-20T21:00").AddHours(4));
        Sample.Planned(input with { TimeZones = null }).Spec.ExpiresAt.Should().Be(Sample.Now.AddHours(4), "a window that can't be read gives no time");
    }

    [Theory]
    [InlineData("that of the pods which it evicts", "shop", true)]
    [InlineData("that of its request", Sample.OperatorNamespace, false)]
    public void A_drain_waits_for_the_window_of_its_pods_and_does_not_expire_before(string situation, string ns, bool waits)
    {
        RemediationPolicySpec policy = Sample.Policy with { ChangeWindows = [Nightly with { Namespaces = [ns] }] };
        RemediationRequest drain = DrainSample.Request(DrainSample.Planning with { Policy = policy });
        GateVerdict verdict = new ChangeWindowGate().Judge(DrainSample.ViewOf(drain) with { Policy = policy }, Sample.Now);
        verdict.Decision.Should().Be(waits ? GateDecision.Closed : GateDecision.Open, situation);
        drain.Spec.ExpiresAt.Should().Be((verdict.NextEligibleTime ?? Sample.Now).AddHours(4), situation);
    }

    [Fact]
    public void An_approval_given_before_the_window_counts_in_it()
    {
        RemediationPolicySpec policy = Sample.Policy with { MaxMode = OperatingMode.Suggest, ChangeWindows = [Nightly] };
        RemediationRequest request = Sample.Request(Sample.Planning with { Policy = policy, TimeZones = Sample.View.TimeZones }).Annotated(AnnotationNames.Approved, "ann");
        GateInput view = Sample.ViewOf(request) with { Policy = policy };
        ImmutableArray<GateVerdict> before = GateChain.Judge(GateChain.Forward, view, Sample.Now);
        before.Where(static v => v.Decision != GateDecision.Open).Select(static v => v.Name).Should().Equal("ChangeWindow");
        DateTimeOffset opens = before.Single(static v => v.Name == "ChangeWindow").NextEligibleTime!.Value;
        GateChain.FirstObstacle(GateChain.Judge(GateChain.Forward, view with { Cache = new(true, opens) }, opens)).Should().BeNull();
    }

    private static GateVerdict Judge(RemediationPolicySpec policy, DateTimeOffset now) => new ChangeWindowGate().Judge(Sample.View with { Policy = policy }, now);

    private static ChangeFreeze Freeze(DateTimeOffset from, DateTimeOffset until) => new() { Name = "f", From = from, Until = until };

    private static DateTimeOffset Utc(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
