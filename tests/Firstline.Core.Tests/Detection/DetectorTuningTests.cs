using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Detection;

public sealed class DetectorTuningTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TargetRef Web = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web" };

    private static readonly FeedbackRules Rules = new()
    {
        FalsePositive = new() { RaiseWindowBy = Duration.From(TimeSpan.FromMinutes(5)) },
        Duplicate = new() { MuteFor = Duration.From(TimeSpan.FromHours(24)) },
    };

    [Theory]
    [InlineData("a false positive raises the window", Feedback.FalsePositive, true, true, "WindowRaised", "CrashLoop on Deployment/web must last 5m longer to be reported, until 2026-12-20T12:00:00Z")]
    [InlineData("a duplicate mutes, where the policy says so", Feedback.Duplicate, true, true, "DetectorMuted", "CrashLoop on Deployment/web is not reported until 2026-11-21T12:00:00Z")]
    [InlineData("what the policy has no rule for is counted", Feedback.WrongCategory, true, true, "FeedbackCounted", "it is counted; the policy tunes nothing after WrongCategory")]
    [InlineData("without a policy it is counted", Feedback.FalsePositive, false, true, "FeedbackCounted", "it is counted; the policy tunes nothing after FalsePositive")]
    [InlineData("an alert's rule is not ours", Feedback.FalsePositive, true, false, "FeedbackCounted", "it is counted; no detector reported this, *")]
    public void Record_says_what_follows(string situation, Feedback given, bool hasRules, bool byDetector, string reason, string effect)
    {
        Incident incident = Incident(byDetector ? Signal("CrashLoop") : Signal("CrashLoop") with { Source = IncidentSource.Alertmanager });

        FeedbackRecord record = DetectorTuning.Record(given, incident, hasRules ? Rules : null, Now);

        DetectorTuning.ReasonOf(record).Should().Be(reason, situation);
        record.Effect.Should().Match(effect);
        (record.Given, record.At).Should().Be((given, Now));
    }

    [Theory]
    // situation                                                          feedback, minutes since it was given, minutes the trouble lasts, detector, held for minutes from now
    [InlineData("nobody said anything",                                   null,                   0,      0, "CrashLoop", null)]
    [InlineData("it has lasted no longer than last time",                 Feedback.FalsePositive, 60,     2, "CrashLoop", 13)]
    [InlineData("it has lasted as long as the raised window",             Feedback.FalsePositive, 60,    15, "CrashLoop", null)]
    [InlineData("the raised window has ended",                            Feedback.FalsePositive, 43201,  2, "CrashLoop", null)]
    [InlineData("another detector on the same object",                    Feedback.FalsePositive, 60,     2, "OomKilled", null)]
    [InlineData("it is muted, however long it lasts",                     Feedback.Duplicate,     60,   999, "CrashLoop", 1380)]
    [InlineData("the time of silence is over",                            Feedback.Duplicate,     1441,   2, "CrashLoop", null)]
    [InlineData("what is only counted holds nothing",                     Feedback.WrongCategory, 60,     2, "CrashLoop", null)]
    public void Hold_holds_back_the_same_trouble_alone_and_for_a_time(string situation, Feedback? given, int ago, int lasted, string detector, int? minutes)
    {
        Incident incident = Incident(Signal("CrashLoop") with { FirstSeen = Now.AddDays(-50), StartedAt = Now.AddDays(-50).AddMinutes(-10) });
        incident = given is not { } said ? incident
            : incident with { Status = incident.Status! with { Feedback = DetectorTuning.Record(said, incident, Rules, Now.AddMinutes(-ago)) } };
        Finding finding = new() { Detector = detector, Fingerprint = $"{detector}/web", Target = Web, Summary = "x", Since = Now.AddMinutes(-lasted) };

        (DateTimeOffset Until, string Why)? held = DetectorTuning.Hold(finding, [incident], Now);

        (held?.Until).Should().Be(minutes is { } wait ? Now.AddMinutes(wait) : null, situation);
        (held?.Why ?? $"incident web-1 was called {given}: ").Should().StartWith($"incident web-1 was called {given}: ", situation);
    }

    [Fact]
    public void Scores_name_the_worst_detector_first()
    {
        Incident[] incidents =
        [
            Incident(Signal("CrashLoop")), Said(Feedback.FalsePositive, Signal("CrashLoop")), Said(Feedback.Duplicate, Signal("CrashLoop"), Signal("OomKilled")),
            Said(Feedback.FalsePositive, Signal("Hung"), Signal("Hung") with { Fingerprint = "Hung/other" }), Said(Feedback.WrongCategory, Signal("Manual") with { Source = IncidentSource.Manual }),
        ];

        DetectorScore.Of(incidents).Should().Equal(new DetectorScore("Hung", 1, 1, 0, 0), new DetectorScore("CrashLoop", 3, 1, 1, 0), new DetectorScore("OomKilled", 1, 0, 1, 0));
    }

    private static Incident Said(Feedback feedback, params ImmutableArray<SignalRecord> signals) =>
        Incident(signals) is var incident ? incident with { Spec = incident.Spec with { Feedback = feedback } } : incident;

    private static Incident Incident(params ImmutableArray<SignalRecord> signals) =>
        new() { Metadata = new() { Name = "web-1", Namespace = "shop" }, Spec = new() { Target = Web }, Status = new() { Signals = signals } };

    private static SignalRecord Signal(string detector) => new() { Fingerprint = $"{detector}/web", Name = detector, Source = IncidentSource.Detector, FirstSeen = Now };
}
