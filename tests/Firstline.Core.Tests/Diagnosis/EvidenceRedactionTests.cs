using System.Collections.Immutable;
using System.Text.Json;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis;

public sealed class EvidenceRedactionTests(ITestOutputHelper output)
{
    [Fact]
    public void No_planted_secret_leaves_a_diagnosis_whichever_way_it_came_in()
    {
        foreach ((string line, string secret) in PlantedSecrets.Lines)
        {
            foreach ((string way, Situation situation, SignalRecord signal) in Ways(line))
            {
                DiagnosisReport report = Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject, Summary = line }, [signal], situation, Now));

                Written(report).Should().NotContain(secret, "{0} in {1}", line, way);
            }
        }

        output.WriteLine($"planted secrets: {PlantedSecrets.Lines.Length} in 7 ways each, 0 left; ordinary lines changed: {PlantedSecrets.Ordinary.Count(IsChanged)} of {PlantedSecrets.Ordinary.Length}");
    }

    [Fact]
    public void Ordinary_lines_stay_as_they_are() => PlantedSecrets.Ordinary.Should().NotContain(static line => IsChanged(line));

    [Fact]
    public void Evidence_counts_the_places()
    {
        Situation situation = Deployment(Pod(BackingOff())) with { Logs = [new("web-1", "app", true, ["fatal: password=hunter22 of ann@example.com"])] };

        ImmutableArray<EvidenceItem> evidence = Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now)).Evidence;

        evidence.Single(static e => e.Kind == EvidenceKind.Log).Redactions.Should().Be(2);
        evidence.Where(static e => e.Kind != EvidenceKind.Log).Should().OnlyContain(static e => e.Redactions == null);
    }

    [Fact]
    public void What_the_operator_was_told_to_take_out_goes_too()
    {
        Situation situation = Deployment(Pod(BackingOff())) with { Logs = [new("web-1", "app", true, ["fatal: customer CUST-1234 of till.corp.example"])] };

        DiagnosisReport report = Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now) { Redaction = new("CUST-[0-9]+|[a-z]+[.]corp[.]example") });

        report.Evidence.Single(static e => e.Kind == EvidenceKind.Log).Excerpt.Should().Contain($"customer {Redactor.Mark} of {Redactor.Mark}");
        report.Hypotheses.Should().OnlyContain(static h => !h.Statement.Contains("1234", StringComparison.Ordinal));
    }

    // Where a line is cut, half of it would no longer be known for what it is.
    [Theory]
    [InlineData("ann.lee@mail.example.com", "ann.lee@")]
    [InlineData("4111 1111 1111 1111", "4111 1111")]
    [InlineData("CUST-123456", "CUST-1")]
    public void Nothing_is_left_of_what_a_cut_would_halve(string planted, string half)
    {
        foreach (int cut in (int[])[160, 200, 300])
        {
            string before = string.Concat(Enumerable.Repeat("x ", cut))[..(cut - half.Length - 3)];
            foreach ((string way, Situation situation, SignalRecord signal) in Ways($"{before} {planted} failed").Take(3))
            {
                DiagnosisReport report = Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [signal], situation, Now) { Redaction = new("CUST-[0-9]{6}") });

                Written(report).Should().NotContain(half, "{0} that is cut at {1}", way, cut);
            }
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?<=a)b")]
    [InlineData("a*")]
    public void A_pattern_that_could_not_be_kept_to_is_refused(string pattern) => FluentActions.Invoking(() => new EvidenceRedaction(pattern)).Should().Throw<ArgumentException>();

    private static string Written(DiagnosisReport report) => JsonSerializer.Serialize(
        new IncidentStatus { Evidence = report.Evidence, Hypotheses = report.Hypotheses, Changes = report.Changes, Triage = report.Triage, SeverityReason = report.SeverityReason },
        FirstlineJson.Of<IncidentStatus>());

    private static bool IsChanged(string line) => EvidenceRedaction.Default.Of(line, 2048).Text != line;

    /// <summary>The ways by which a text of the cluster comes into a diagnosis.</summary>
    internal static IEnumerable<(string Way, Situation Situation, SignalRecord Signal)> Ways(string text)
    {
        SignalRecord quiet = new() { Fingerprint = "f", Name = "CrashLoop", FirstSeen = Ago(60) };
        Situation sound = Deployment(Pod(BackingOff()));
        yield return ("a log", sound with { Logs = [new("web-1", "app", true, [.. text.Split('\n')])] }, quiet);
        yield return ("a log that says it fails", sound with { Logs = [new("web-1", "app", true, [$"panic: {text.Replace('\n', ' ')}"])] }, quiet);
        yield return ("an Event", sound with { Events = [new(Target("Pod", "web-1", "v1"), "Warning", "BackOff", text, 1, Ago(10))] }, quiet);
        yield return ("a signal", sound, quiet with { Summary = text });
        yield return ("a termination message", Deployment(Pod(Waiting("CrashLoopBackOff", 3, Ended(message: text)))), quiet);
        yield return ("a variable", sound with { Revisions = Revisions(70, after: Template(text)) }, quiet);
        yield return ("a drifted ConfigMap", sound with { ConfigMaps = [Config(text)] }, quiet);
    }

    private static string Template(string value) =>
        """{"spec":{"containers":[{"name":"app","image":"shop/web:2","command":["run",VALUE],"env":[{"name":"SETTING","value":VALUE}]}]}}""".Replace("VALUE", JsonSerializer.Serialize(value), StringComparison.Ordinal);
}
