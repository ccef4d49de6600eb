using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
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
        Incident incident = new();
        for (int n = 0; n < 200; n++)
        {
            incident = After(incident, News($"s{n}"));
        }

        incident.Status!.Signals.Should().HaveCount(SignalLedger.MaxSignals);
        incident.Status.Timeline.Should().HaveCount(SignalLedger.MaxEntries);
        incident.Status.Timeline[0].Message.Should().Contain("fires");
    }

    [Fact]
    public void Apply_leaves_the_timeline_of_others_to_them()
    {
        Incident incident = new() { Status = new() { Timeline = [new() { Id = "x", By = FieldManagers.Planning }] } };

        SignalLedger.Apply(incident, News("a"), Later)!.Timeline.Should().OnlyContain(static e => e.By == FieldManagers.Detection);
    }

    private static Incident After(Incident incident, SignalNews news) => incident with { Status = SignalLedger.Apply(incident, news, Later) ?? incident.Status };

    private static SignalNews News(string fingerprint, IncidentSource source = IncidentSource.Detector, bool fires = true) => new()
    {
        Fingerprint = fingerprint, Source = source, Name = "CrashLoop", Summary = "it crashes", Since = Given.Ago(30), ResolvedAt = fires ? null : Later.AddSeconds(30),
    };
}
