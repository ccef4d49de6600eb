using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis;

public sealed class TrafficTests
{
    /// <summary>A sentence, error ratio now and before, latencies, the lines of the first page, and what is not known.</summary>
    public static TheoryData<string, TrafficFacts?, string[], string?> Cases { get; } = new()
    {
        { "many more fail", Traffic(0.12, 0.002, 0.08, 0.9, 2.14), ["12 % of requests failed in the last 15m; 0.2 % over the day before (60 times as many)", "latency in the last 15m: p50 80 ms, p95 900 ms, p99 2.1 s"], null },
        { "as many as ever", Traffic(0.01, 0.01, 0.1, 0.2, 0.3), ["1 % of requests failed in the last 15m; 1 % over the day before", "latency in the last 15m: p50 100 ms, p95 200 ms, p99 300 ms"], null },
        { "it is new", Traffic(0.5, double.NaN, 0.1, 0.2, 0.3), ["50 % of requests failed in the last 15m; of the day before nothing is known", "latency in the last 15m: p50 100 ms, p95 200 ms, p99 300 ms"], null },
        { "nothing failed before", Traffic(0.5, 0, 0.1, 0.2, 0.3), ["50 % of requests failed in the last 15m; 0 % over the day before", "latency in the last 15m: p50 100 ms, p95 200 ms, p99 300 ms"], null },
        { "there is no such metric", Traffic(), [], "error rate and latency: Prometheus has no such numbers of its pods (prometheus.errorRatio, prometheus.latency)" },
        { "there is no latency", Traffic(0.5, 0), ["50 % of requests failed in the last 15m; 0 % over the day before"], "error rate and latency: Prometheus has no such numbers of its pods (prometheus.errorRatio, prometheus.latency)" },
        { "it was not asked", null, [], "error rate and latency: they were not asked for" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_first_page_says_how_requests_fare(string sentence, TrafficFacts? traffic, string[] lines, string? unknown)
    {
        DiagnosisReport report = Report(traffic);

        report.Triage.Traffic.Should().Equal(lines, sentence);
        report.Triage.Unknown.FirstOrDefault(static u => u.StartsWith("error rate", StringComparison.Ordinal)).Should().Be(unknown, sentence);
    }

    [Fact]
    public void Each_number_is_evidence_with_its_query_and_the_window_that_it_is_of()
    {
        ImmutableArray<EvidenceItem> evidence = [.. Report(Traffic(0.12, 0.002, 0.08)).Evidence.Where(static e => e.Kind == EvidenceKind.Metric)];

        evidence.Select(static e => $"{e.Source} {e.Query}: {e.Excerpt}").Should().Equal(
            "Prometheus error ratio q: error ratio: 0.12", "Prometheus error ratio before q: error ratio before: 0.002", "Prometheus latency p50 q: latency p50: 0.08");
        evidence.Select(static e => (e.Since, e.Time)).Should().Equal((Ago(900), Now), (Ago(87_300), Ago(900)), (Ago(900), Now));
    }

    private static DiagnosisReport Report(TrafficFacts? traffic)
    {
        Situation situation = Deployment(Pod(BackingOff())) with { Traffic = traffic };
        return Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now));
    }

    // Error ratio, the one before, then latencies; what is left out has no sample.
    private static TrafficFacts Traffic(params double[] values)
    {
        ImmutableArray<TrafficReading> all = [.. Enumerable.Range(0, 5).Select(i => new TrafficReading("q", new MetricAnswer.Samples(i < values.Length ? [new("", values[i])] : [])))];
        return new(all[0], all[1], all[2..]);
    }
}
