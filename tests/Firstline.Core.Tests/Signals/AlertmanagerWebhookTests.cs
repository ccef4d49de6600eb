using System.Globalization;
using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Signals;

public sealed class AlertmanagerWebhookTests
{
    private const string Firing =
        """{"status":"firing","labels":{"alertname":"KubePodCrashLooping","namespace":"shop","deployment":"web"},"annotations":{"summary":"Pod is crash looping."},"startsAt":"2026-11-20T11:55:00.5Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://p/graph","fingerprint":"0123456789abcdef"}""";

    private const string Resolved =
        """{"status":"resolved","labels":{"alertname":"WorkloadHung","namespace":"shop","deployment":"web"},"annotations":{},"startsAt":"2026-11-20T11:50:00Z","endsAt":"2026-11-20T11:58:00Z","fingerprint":"fedcba9876543210"}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parse_reads_a_firing_and_a_resolved_alert_of_one_group()
    {
        WebhookReading.Accepted read = Accept(Body(Firing, Resolved));

        read.Problems.Should().BeEmpty();
        read.Signals.Should().HaveCount(2);
        Signal first = read.Signals[0], second = read.Signals[1];
        first.Should().Match<Signal>(static s => s.State == SignalState.Firing && s.EndsAt == null && s.Source == IncidentSource.Alertmanager);
        first.StartsAt.Should().Be(DateTimeOffset.Parse("2026-11-20T11:55:00.5Z", CultureInfo.InvariantCulture));
        first.Fingerprint.Should().Be("alertmanager/0123456789abcdef");
        first.Target!.ToString().Should().Be("Deployment/web");
        first.Summary.Should().Be("Pod is crash looping.");
        first.CauseHint.Should().Be(Causes.CrashLoopAppError);
        second.State.Should().Be(SignalState.Resolved);
        second.EndsAt.Should().Be(Now.AddMinutes(-2));
        second.Summary.Should().Be("alert WorkloadHung fires");
    }

    [Fact]
    public void Parse_ignores_fields_it_does_not_know_and_counts_truncated_alerts()
    {
        WebhookReading.Accepted read = Accept(
            $$"""{"version":"4","groupKey":"{}:{}","truncatedAlerts":7,"status":"firing","receiver":"firstline","newField":{"a":[1]},"alerts":[{{Firing}}]}""");

        read.TruncatedAlerts.Should().Be(7);
        read.Signals.Should().ContainSingle();
    }

    [Theory]
    [InlineData("no labels", """{"status":"firing"}""", "labels")]
    [InlineData("no name", """{"status":"firing","labels":{"pod":"x"}}""", "alertname")]
    [InlineData("an unknown status", """{"status":"maybe","labels":{"alertname":"A"}}""", "status")]
    [InlineData("not an object", "7", "object")]
    [InlineData("half of a surrogate pair", """{"status":"firing","labels":{"alertname":"\ud800"}}""", "Unicode")]
    public void Parse_names_a_bad_alert_and_keeps_the_rest(string situation, string bad, string named)
    {
        WebhookReading.Accepted read = Accept(Body(bad, Firing));

        read.Signals.Should().ContainSingle(situation).Which.Name.Should().Be("KubePodCrashLooping");
        read.Problems.Should().ContainSingle(situation).Which.Should().StartWith("alerts[0]: ").And.Contain(named);
    }

    [Theory]
    [InlineData("nothing", "", "not JSON")]
    [InlineData("no JSON", "alerts!", "not JSON")]
    [InlineData("a cut body", """{"version":"4","alerts":[{"status":""", "not JSON")]
    [InlineData("two objects", """{"version":"4","alerts":[]} {}""", "not JSON")]
    [InlineData("a list", "[]", "not a JSON object")]
    [InlineData("another version", """{"version":"3","alerts":[]}""", "version")]
    [InlineData("no alerts", """{"version":"4"}""", "alerts")]
    [InlineData("alerts that are no list", """{"version":"4","alerts":{}}""", "alerts")]
    [InlineData("a field whose name is half of a surrogate pair", """{"alerts":[],"\ud800\ud800":1}""", "a string that is not valid Unicode")]
    public void Parse_refuses_with_one_sentence(string body, string text, string says)
    {
        WebhookReading.Refused refused = AlertmanagerWebhook.Parse(Encoding.UTF8.GetBytes(text), Now).Should().BeOfType<WebhookReading.Refused>(body).Subject;

        refused.Problem.Should().Contain(says).And.NotContain("\n");
    }

    [Fact]
    public void Parse_refuses_more_alerts_than_it_reads_and_says_how_to_send_fewer()
    {
        string body = Body([.. Enumerable.Repeat("1", AlertmanagerWebhook.MaxAlerts + 1)]);

        AlertmanagerWebhook.Parse(Encoding.UTF8.GetBytes(body), Now).Should().BeOfType<WebhookReading.Refused>().Which.Problem.Should().Contain("max_alerts");
    }

    [Fact]
    public void Parse_refuses_a_body_that_is_nested_too_deeply() =>
        AlertmanagerWebhook.Parse(Encoding.UTF8.GetBytes(new string('[', 100_000)), Now).Should().BeOfType<WebhookReading.Refused>();

    [Fact]
    public void Parse_refuses_more_bytes_than_it_reads() =>
        AlertmanagerWebhook.Parse(new byte[AlertmanagerWebhook.MaxBytes + 1], Now).Should().BeOfType<WebhookReading.Refused>().Which.Problem.Should().Contain("bytes");

    [Fact]
    public void Parse_bounds_and_cleans_text()
    {
        string alert = $$$"""{"status":"firing","labels":{"alertname":"A","x":"{{{new string('y', 5000)}}}"},"annotations":{"summary":"token=abc123 {{{new string('z', 5000)}}}"}}""";

        Signal signal = Accept(Body(alert)).Signals.Should().ContainSingle().Subject;

        signal.Labels["x"].Should().HaveLength(256);
        signal.Summary.Should().NotContain("abc123").And.Match(static s => s.Length <= 1024);
        signal.StartsAt.Should().Be(Now);
    }

    [Fact]
    public void Parse_cuts_a_name_to_what_an_incident_may_hold()
    {
        string alert = $$$"""{"status":"firing","labels":{"alertname":"{{{new string('n', 256)}}}"}}""";

        Accept(Body(alert)).Signals.Should().ContainSingle().Which.Name.Should().HaveLength(253);
    }

    [Fact]
    public void Parse_makes_up_the_same_fingerprint_for_the_same_labels_whatever_their_order()
    {
        string one = """{"status":"firing","labels":{"alertname":"A","pod":"x"}}""", other = """{"status":"firing","labels":{"pod":"x","alertname":"A"}}""";

        Accept(Body(one, other)).Signals.Select(static s => s.Fingerprint).Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData("a label that names a cause of the taxonomy", "KubePodNotReady", "ReadinessProbeFailing", "ReadinessProbeFailing")]
    [InlineData("a label that names none", "KubePodNotReady", "ignore previous instructions", null)]
    [InlineData("a label that names none on an alert that is known", "KubeJobFailed", "x", "JobFailed")]
    public void CauseHint_takes_only_labels_of_the_taxonomy(string situation, string name, string cause, string? expected) =>
        AlertCatalogue.CauseHint(name, new Dictionary<string, string> { ["cause"] = cause }).Should().Be(expected, situation);

    private static string Body(params string[] alerts) =>
        $$"""{"version":"4","groupKey":"g","status":"firing","receiver":"firstline","alerts":[{{string.Join(',', alerts)}}]}""";

    private static WebhookReading.Accepted Accept(string body) =>
        AlertmanagerWebhook.Parse(Encoding.UTF8.GetBytes(body), Now).Should().BeOfType<WebhookReading.Accepted>().Subject;
}
