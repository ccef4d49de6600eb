using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Diagnosis;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Controllers.Tests.Diagnosis;

public sealed class DiagnosisStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TargetRef Web = new() { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "web" };
    private static readonly Situation Situation = new() { Subject = Web };

    [Fact]
    public void Of_writes_the_same_diagnosis_once_and_leaves_it_where_it_is()
    {
        Incident first = Diagnosed(New("CrashLoop"), Report("it crashes"), 0);
        Incident second = Diagnosed(With(first, "CrashLoop", "OomKilled"), Report("it needs more memory"), 1);

        Incident again = Diagnosed(With(second, "CrashLoop"), Report("it needs more memory"), 2);
        Incident confirmed = Diagnosed(again with { Metadata = again.Metadata with { Generation = 2 } }, Report("it needs more memory"), 3);

        second.Status!.Timeline.Should().HaveCount(2);
        again.Status!.Timeline.Should().Equal(second.Status.Timeline);
        confirmed.Status!.Timeline.Should().Equal(second.Status.Timeline);
        DiagnosisStatus.IsDone(confirmed, DiagnosisStatus.EntryId(confirmed, Situation)).Should().BeTrue();
    }

    [Fact]
    public void Of_appends_what_a_new_look_at_the_same_signals_found()
    {
        Incident first = Diagnosed(New("CrashLoop"), Report("it crashes"), 0);

        Incident second = Diagnosed(first with { Metadata = first.Metadata with { Generation = 2 } }, Report("its ConfigMap changed"), 5);
        Incident repeated = Diagnosed(second with { Metadata = second.Metadata with { Generation = 3 } }, Report("its ConfigMap changed"), 9);

        second.Status!.Timeline.Should().HaveCount(2);
        second.Status.Timeline[0].Should().Be(first.Status!.Timeline[0], "what happened stays");
        second.Status.Timeline[1].Should().Match<TimelineEntry>(static e => e.Time == Now.AddMinutes(5) && e.Message.Contains("ConfigMap changed"));
        second.Status.Timeline.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
        repeated.Status!.Timeline.Should().Equal(second.Status.Timeline);
    }

    [Theory]
    [InlineData(null, Severity.SEV3, "x")]
    [InlineData(Severity.SEV3, Severity.SEV3, "x")]
    [InlineData(Severity.SEV2, Severity.SEV2, "SEV2 is confirmed; SEV3 is suggested: x")]
    public void Of_tells_the_reason_of_the_severity_that_is_shown(Severity? confirmed, Severity shown, string reason)
    {
        Incident incident = New("CrashLoop");
        IncidentStatus status = Diagnosed(incident with { Spec = incident.Spec with { Severity = confirmed } }, Report("it crashes"), 0).Status!;

        status.Severity.Should().Be(shown);
        status.SeverityReason.Should().Be(reason);
    }

    [Fact]
    public void Of_takes_the_severity_for_confirmed_only_when_a_human_wrote_it_into_the_spec()
    {
        Incident suggested = Diagnosed(New("CrashLoop"), Report("it crashes"), 0);
        Incident confirmed = Diagnosed(suggested with { Spec = suggested.Spec with { Severity = Severity.SEV2 } }, Report("it crashes"), 5);
        Incident again = Diagnosed(confirmed, Report("it crashes"), 9);

        Confirmed(suggested).Should().Be((ConditionStatus.False, "SeveritySuggested", "SEV3 is suggested; a human decides by spec.severity", Now));
        Confirmed(confirmed).Should().Be((ConditionStatus.True, "SeverityDecided", "SEV2 was decided on in spec.severity", Now.AddMinutes(5)));
        Confirmed(again).Should().Be(Confirmed(confirmed));

        static (ConditionStatus, string, string, DateTimeOffset?) Confirmed(Incident incident)
        {
            Condition condition = incident.Status!.Conditions.Single(static c => c.Type == ConditionTypes.SeverityConfirmed);
            return (condition.Status, condition.Reason, condition.Message, condition.LastTransitionTime);
        }
    }

    [Theory]
    [InlineData("the rules have found nothing of the kind", 0, 0)]
    [InlineData("the rules have found more than there is room for", 9, 7)]
    public void Of_keeps_what_a_model_came_upon(string situation, int found, int shown)
    {
        ImmutableArray<string> ofRules = [.. Enumerable.Range(1, found).Select(static n => $"log {n} gives orders")];
        DiagnosisReport report = Report("it crashes");
        Incident first = Diagnosed(New("CrashLoop"), report, 0);
        ModelConclusion conclusion = new(new() { Id = "Q1", Model = "m", Outcome = ModelOutcome.Refused }, first.Status!.Hypotheses, first.Status.Evidence, "x", GaveOrders: false);
        Incident refined = first with { Status = DiagnosisStatus.With(DiagnosisStatus.Refined(first, ConditionStatus.False, "ModelAnswerRefused", "x", Now), conclusion, ["Pod/db-1 log of app"]) };

        Incident again = Diagnosed(With(refined, "CrashLoop", "OomKilled"), report with { Triage = new() { Suspicious = ofRules } }, 5);

        again.Status!.Triage!.Suspicious.Should().Equal(
            [.. ofRules.Take(shown), "Pod/db-1 log of app, which a model looked up, holds text that gives orders to its reader or hides something; nothing of it was done"], situation);
        refined.Status.Triage!.Suspicious.Should().ContainSingle();
    }

    private static Incident Diagnosed(Incident incident, DiagnosisReport report, int minutes)
    {
        string id = DiagnosisStatus.EntryId(incident, Situation);
        IncidentStatus part = DiagnosisStatus.Of(incident, Situation, new(IsObserved: true, WhyOutside: null, Unlisted: null), report, id, Now.AddMinutes(minutes));
        return incident with { Status = part with { Signals = incident.Status!.Signals } };
    }

    private static Incident New(params string[] signals) =>
        With(new() { Metadata = new() { Name = "web", Namespace = "shop", Generation = 1 }, Spec = new() { Target = Web }, Status = new() }, signals);

    private static Incident With(Incident incident, params string[] signals) =>
        incident with { Status = incident.Status! with { Signals = [.. signals.Select(static s => new SignalRecord { Fingerprint = s, Name = s })] } };

    private static DiagnosisReport Report(string statement) => new()
    {
        Category = "workload-crash", SuggestedSeverity = Severity.SEV3, SeverityReason = "x", Evidence = [], LastEvidenceNumber = 1, Changes = [], Triage = new(),
        Hypotheses = [new() { Id = "H1", Cause = Causes.CrashLoopAppError, Statement = statement, ConfidencePercent = 60, Resource = Web, EvidenceFor = ["E1"] }],
    };
}
