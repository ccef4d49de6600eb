using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Gates;
using Firstline.Core.Tests.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Detection;

public sealed class SignalLedgerTests
{
    private static readonly DateTimeOffset Later = Given.Now.AddMinutes(1);

    [Theory]
    [InlineData("a finding that fires already", IncidentSource.Detector, true, true)]
    [InlineData("an alert that fires already, sent again", IncidentSource.Alertmanager, true, false)]
    [InlineData("an event that fires already, sent again", IncidentSource.Webhook, true, true)]
    [InlineData("the end of a finding that fires", IncidentSource.Detector, false, false)]
    public void Apply_on_a_signal_that_fires(string situation, IncidentSource source, bool fires, bool changesNothing)
    {
        Incident incident = After(new(), News("a", source));

        (SignalLedger.Apply(incident, News("a", source, fires), Later) is null).Should().Be(changesNothing, situation);
    }

    [Fact]
    public void Apply_ignores_the_end_of_what_never_fired_and_a_late_end_of_an_earlier_firing()
    {
        Incident incident = After(new(), News("a"));

        SignalLedger.Apply(incident, News("b", fires: false), Later).Should().BeNull();
        SignalLedger.Apply(incident, News("a", fires: false) with { ResolvedAt = Given.Ago(60) }, Later).Should().BeNull();
    }

    [Fact]
    public void Apply_keeps_Detected_true_until_the_last_signal_ends()
    {
        Incident two = After(After(new(), News("a")), News("b"));

        Incident one = After(two, News("a", fires: false)), none = After(one, News("b", fires: false));

        one.Status!.Conditions[0].Should().Match<Condition>(static c => c.Status == ConditionStatus.True && c.Reason == SignalLedger.SignalFiring);
        none.Status!.Conditions[0].Should().Match<Condition>(static c => c.Status == ConditionStatus.False && c.Reason == SignalLedger.SignalsResolved);
        none.Status.Count.Should().Be(2);
    }

    [Fact]
    public void Apply_counts_up_a_signal_that_fires_again_and_keeps_the_clocks_that_are_set()
    {
        Incident again = After(After(After(new(), News("a")), News("a", fires: false)), News("a"));

        again.Status!.Count.Should().Be(2);
        again.Status.Signals.Should().ContainSingle().Which.Should().Match<SignalRecord>(static s => s.State == SignalState.Firing && s.ResolvedAt == null);
        again.Status.Clocks!.DetectedAt.Should().Be(Later);
        again.Status.Timeline.Select(static e => e.Id).Should().OnlyHaveUniqueItems().And.HaveCount(3);
    }

    [Fact]
    public void Apply_bounds_signals_and_timeline()
    {
        Incident incident = AfterAlerts(new(), Enumerable.Range(0, 200));

        incident.Status!.Signals.Should().HaveCount(SignalLedger.MaxSignals);
        incident.Status.Timeline.Should().HaveCount(SignalLedger.MaxEntries);
        incident.Status.Timeline[0].Message.Should().Contain("fires");
        SchemaBounds.Broken(incident.Status, "status").Should().BeEmpty();
    }

    [Fact]
    public void Apply_lets_go_of_what_resolved_first_before_anything_that_fires()
    {
        Incident incident = AfterAlerts(new(), Enumerable.Range(0, 64));
        incident = After(incident, Alert(7, fires: false, at: 10), Later.AddMinutes(2));
        incident = After(incident, Alert(3, fires: false, at: 20), Later.AddMinutes(3));

        incident = AfterAlerts(incident, [100]);
        incident.Status!.Signals.Should().HaveCount(64).And.NotContain(static s => s.Fingerprint == "a7", "it resolved first").And.Contain(static s => s.Fingerprint == "a3");

        incident = AfterAlerts(incident, [101]);
        incident.Status!.Signals.Should().NotContain(static s => s.Fingerprint == "a3").And.OnlyContain(static s => s.State == SignalState.Firing);
        incident.Status.UnlistedSignals.Should().BeEmpty();
        incident.Status.Count.Should().Be(66, "what is let go of was reported all the same");
    }

    [Fact]
    public void Apply_remembers_what_fires_beyond_the_list_until_it_ends()
    {
        Incident incident = AfterAlerts(new(), Enumerable.Range(0, 66));
        incident.Status!.UnlistedSignals.Should().HaveCount(2);
        incident.Status.Conditions[0].Message.Should().StartWith("66 of 66 signals fire");

        for (int n = 0; n < 66; n++)
        {
            FiringSignals.IsFiring(incident).Should().BeTrue($"{66 - n} still fire");
            incident = After(incident, Alert(n, fires: false, at: 10), Later);
        }

        FiringSignals.IsFiring(incident).Should().BeFalse();
        incident.Status!.UnlistedSignals.Should().BeEmpty();
        incident.Status.Conditions[0].Status.Should().Be(ConditionStatus.False);
    }

    [Fact]
    public void Apply_lists_what_was_beyond_the_list_when_it_is_heard_again_and_there_is_room()
    {
        Incident incident = AfterAlerts(new(), Enumerable.Range(0, 65));
        incident = After(incident, Alert(0, fires: false, at: 10), Later);

        incident = AfterAlerts(incident, [64]);

        incident.Status!.UnlistedSignals.Should().BeEmpty();
        incident.Status.Signals.Should().Contain(static s => s.Fingerprint == "a64");
        FiringSignals.Count(incident).Should().Be(64);
    }

    [Fact]
    public void Apply_keeps_findings_and_what_a_human_reported_on_the_list_however_many_alerts_fire()
    {
        Incident incident = AfterAlerts(new(), Enumerable.Range(0, 70));

        incident = After(After(incident, News("d")), News("m", IncidentSource.Manual));

        incident.Status!.Signals.Should().HaveCount(64).And.Contain(static s => s.Fingerprint == "d").And.Contain(static s => s.Fingerprint == "m");
        incident.Status.UnlistedSignals.Should().HaveCount(8);
    }

    [Fact]
    public void Apply_refuses_out_loud_what_it_could_not_remember()
    {
        ImmutableArray<string> full = [.. Enumerable.Range(0, SignalLedger.MaxUnlisted).Select(static n => $"{n:x16}")];
        Incident incident = AfterAlerts(new(), Enumerable.Range(0, 64));
        incident = incident with { Status = incident.Status! with { UnlistedSignals = full } };

        SignalLedger.HasRoomFor(incident, Alert(64)).Should().BeFalse();
        SignalLedger.HasRoomFor(incident, Alert(5)).Should().BeTrue("it is on the list");
        SignalLedger.HasRoomFor(incident, Alert(64, fires: false, at: 1)).Should().BeTrue("an end needs no room");
        SignalLedger.HasRoomFor(After(incident, Alert(5, fires: false, at: 10), Later), Alert(64)).Should().BeTrue("one on the list has ended");
    }

    /// <summary>Deliveries of one alert in the order in which they arrive: F or R, begin of the firing, end; each after "+" seconds from the one before.</summary>
    [Theory]
    [InlineData("a firing, its repeat and its end", "F0 F0 R0-50", SignalState.Resolved, 2)]
    [InlineData("an end that is told twice", "F0 R0-50 R0-50", SignalState.Resolved, 1)]
    [InlineData("an end that comes after the next firing", "F0 F60 R0-50", SignalState.Firing, 2)]
    [InlineData("an end of the firing before, with no end of its own told", "F0 R0-50 F60 R0-50", SignalState.Firing, 2)]
    [InlineData("a firing that comes after the next one", "F60 F0", SignalState.Firing, 1)]
    [InlineData("the end of the newest of two firings", "F0 F60 R60-90", SignalState.Resolved, 2)]
    [InlineData("a firing before the one that ended", "F60 R60-90 F0", SignalState.Resolved, 1)]
    [InlineData("a late copy of the firing that ended", "F0 R0-50 F0", SignalState.Resolved, 1)]
    [InlineData("the same firing again long after it seemed to end, as when Prometheus could not be heard", "F0 R0-50 +300 F0", SignalState.Firing, 2)]
    [InlineData("the next firing", "F0 R0-50 F60", SignalState.Firing, 2)]
    [InlineData("an end that reaches back before the firing began", "F60 R60-10", SignalState.Firing, 1)]
    [InlineData("copies of all, twice over", "F0 R0-50 F60 F0 R0-50 F60", SignalState.Firing, 3)]
    public void Apply_takes_deliveries_in_any_order(string situation, string deliveries, SignalState state, int count)
    {
        Incident incident = After(new(), Alert(1, startsAt: -100));
        DateTimeOffset arrives = Later;
        foreach (string delivery in deliveries.Split(' '))
        {
            int[] numbers = [.. delivery[1..].Split('-').Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
            if (delivery[0] == '+')
            {
                arrives = arrives.AddSeconds(numbers[0]);
                continue;
            }

            arrives = arrives.AddSeconds(1);
            incident = After(incident, delivery[0] == 'F' ? Alert(2, startsAt: numbers[0]) : Alert(2, fires: false, at: numbers[1], startsAt: numbers[0]), arrives);
        }

        incident.Status!.Signals.Single(static s => s.Fingerprint == "a2").Should().Match<SignalRecord>(s => s.State == state && s.Count == count, situation);
        incident.Status.Conditions[0].Status.Should().Be(ConditionStatus.True, "another signal of the incident fires");
        incident.Status.Timeline.Select(static e => e.Id).Should().OnlyHaveUniqueItems(situation);
    }

    [Fact]
    public void Apply_leaves_the_timeline_of_others_to_them()
    {
        Incident incident = new() { Status = new() { Timeline = [new() { Id = "x", By = FieldManagers.Planning }] } };

        SignalLedger.Apply(incident, News("a"), Later)!.Timeline.Should().OnlyContain(static e => e.By == FieldManagers.Detection);
    }

    private static Incident After(Incident incident, SignalNews news) => After(incident, news, Later);

    private static Incident After(Incident incident, SignalNews news, DateTimeOffset now) => incident with { Status = SignalLedger.Apply(incident, news, now) ?? incident.Status };

    private static Incident AfterAlerts(Incident incident, IEnumerable<int> numbers) => numbers.Aggregate(incident, static (i, n) => After(i, Alert(n), Later.AddSeconds(n)));

    /// <summary>Times in seconds from <see cref="Given.Now"/>.</summary>
    private static SignalNews Alert(int number, bool fires = true, int at = 0, int startsAt = 0) => new()
    {
        Fingerprint = $"a{number}", Source = IncidentSource.Alertmanager, Name = "KubePodCrashLooping", Summary = "it crashes", Since = Given.Now.AddSeconds(startsAt),
        ResolvedAt = fires ? null : Given.Now.AddSeconds(at),
    };

    private static SignalNews News(string fingerprint, IncidentSource source = IncidentSource.Detector, bool fires = true) => new()
    {
        Fingerprint = fingerprint, Source = source, Name = "CrashLoop", Summary = "it crashes", Since = Given.Ago(30), ResolvedAt = fires ? null : Later.AddSeconds(30),
    };
}
