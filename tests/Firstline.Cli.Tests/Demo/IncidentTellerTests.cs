using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Demo;

public sealed class IncidentTellerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Incident New = new()
    {
        Metadata = new() { Name = "web-1" }, Spec = new() { Source = IncidentSource.Detector, Target = new() { Kind = "Deployment", Name = "web" }, Summary = "it crashes" },
    };

    [Fact]
    public void Tell_says_each_thing_once()
    {
        Incident diagnosed = With(New, new()
        {
            Signals = [Signal("crash", SignalState.Firing)],
            Hypotheses = [new() { Id = "H1", Cause = "BadRollout", ConfidencePercent = 95, Statement = "the image is bad", EvidenceFor = ["E1"] }],
            Evidence = [new() { Id = "E1", Source = "Pod/a", Excerpt = "exit code 1" }],
        });
        Incident joined = With(diagnosed, diagnosed.Status! with { Count = 2, Signals = [.. diagnosed.Status.Signals, Signal("alert", SignalState.Firing)] });
        Incident resolved = With(joined, joined.Status! with
        {
            Signals = [Signal("crash", SignalState.Resolved), Signal("alert", SignalState.Resolved)],
            Conditions = [new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, Message = "it helped" }],
            Clocks = new() { StartedAt = Now, DetectedAt = Now.AddMilliseconds(40), ResolvedAt = Now.AddSeconds(75) },
        });

        Texts(null, New).Should().Equal("opened incident web-1 (detector): it crashes");
        Texts(New, diagnosed).Should().Equal(
            "Deployment/web: BadRollout 95 % (hypothesis): the image is bad", "… on evidence E1 of 1 items; 0 other hypotheses", "… E1 Pod/a: exit code 1");
        Texts(diagnosed, joined).Should().Equal("Deployment/web: Detector alert reports the same trouble: one incident, count 2");
        Texts(joined, resolved).Should().Equal(
            "Deployment/web: signal crash is over", "Deployment/web: signal alert is over", "Deployment/web: resolved: it helped",
            "… clocks: began, detected +40 ms, resolved +1 m 14 s; 1 m 15 s in all");
        Texts(resolved, resolved).Should().BeEmpty();
    }

    [Fact]
    public void Tell_says_why_it_goes_to_humans()
    {
        Incident escalated = With(New, new() { Conditions = [new() { Type = ConditionTypes.Escalated, Status = ConditionStatus.True, Message = "no runbook is for it" }] });

        Texts(New, escalated).Should().Equal("Deployment/web: escalated to humans: no runbook is for it");
    }

    private static Incident With(Incident incident, IncidentStatus status) => incident with { Status = status };

    private static SignalRecord Signal(string name, SignalState state) => new() { Fingerprint = name, Name = name, State = state, Source = IncidentSource.Detector };

    private static IEnumerable<string> Texts(Incident? before, Incident after) => IncidentTeller.Tell(before, after).Select(static l => l.Text);
}
