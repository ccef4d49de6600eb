using System.Text;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Signals;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Signals;

public sealed class CloudEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("another version", """{"specversion":"0.3","id":"1","source":"/a","type":"t"}""", "its specversion is not \"1.0\"")]
    [InlineData("no id", """{"specversion":"1.0","source":"/a","type":"t"}""", "it has no attribute id")]
    [InlineData("an empty type", """{"specversion":"1.0","id":"1","source":"/a","type":""}""", "it has no attribute type")]
    [InlineData("a source that is no text", """{"specversion":"1.0","id":"1","source":7,"type":"t"}""", "it has no attribute source")]
    [InlineData("no object", "7", "it is not an object")]
    [InlineData("a type with half of a surrogate pair", """{"specversion":"1.0","id":"1","source":"/a","type":"\ud800"}""", "it holds a string that is not valid Unicode")]
    public void Parse_names_what_is_no_event_and_keeps_the_others_of_a_batch(string situation, string bad, string problem)
    {
        WebhookReading.Accepted read = Accept("application/cloudevents-batch+json", $$"""[{{bad}},{"specversion":"1.0","id":"1","source":"/a","type":"t"}]""");

        read.Signals.Should().ContainSingle(situation);
        read.Problems.Should().Equal($"events[0]: {problem}");
    }

    [Theory]
    [InlineData("firing", null, SignalState.Firing)]
    [InlineData("resolved", "2026-11-20T11:00:00Z", SignalState.Resolved)]
    public void Without_a_mapping_the_usual_fields_are_read(string status, string? ended, SignalState state)
    {
        Signal read = Accept("application/cloudevents+json", $$$$"""
            {"specversion":"1.0","id":"1","source":"/ci","subject":"build/7","type":"com.example.failed","time":"2026-11-20T11:00:00Z",
             "data":{"status":"{{{{status}}}}","summary":"it failed","cause":"BadRollout","labels":{"namespace":"shop","deployment":"web"}}}
            """).Signals.Single();

        (read.State, read.CauseHint, read.Target!.ToString(), read.Source).Should().Be((state, "BadRollout", "Deployment/web", IncidentSource.CloudEvents));
        (read.EndsAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)).Should().Be(ended);
    }

    [Fact]
    public void Two_deliveries_and_the_end_of_one_trouble_have_one_fingerprint_and_another_subject_has_another()
    {
        string[] fingerprints =
        [
            .. Accept("application/cloudevents-batch+json", $"[{Event("1", "web")},{Event("1", "web")},{Event("2", "web")},{Event("3", "api")}]").Signals.Select(static s => s.Fingerprint),
        ];

        fingerprints.Distinct().Should().HaveCount(2);
        fingerprints[..3].Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData("text", "text/plain", "it failed", "it failed")]
    [InlineData("JSON of another name", "application/vnd.example+json; charset=utf-8", "\"it failed\"", "it failed")]
    [InlineData("nothing", "text/plain", "", "t was reported")]
    public void Binary_mode_takes_the_attributes_from_headers_and_the_data_from_the_body(string situation, string contentType, string body, string summary)
    {
        SignalRules rules = new() { CloudEvents = [new() { For = new("t*"), Name = new("/type"), Summary = new("/data"), Fingerprint = [new("/id")] }] };

        Signal read = Accept(contentType, body, rules, ("ce-specversion", "1.0"), ("Ce-Id", "\"1\""), ("ce-source", "/a%20b"), ("ce-type", "t")).Signals.Single();

        read.Summary.Should().Be(summary, situation);
    }

    [Theory]
    [InlineData("another format", "application/cloudevents+avro", "x", "only the JSON format of CloudEvents is read; send application/cloudevents+json")]
    [InlineData("a batch that is none", "application/cloudevents-batch+json", "{}", "a batch of CloudEvents is a JSON list")]
    [InlineData("no event", "application/json", "{}", "it is no CloudEvent: *")]
    [InlineData("no JSON", "application/cloudevents+json", "x", "the body is not JSON (line 1, byte 1); send a CloudEvent in the JSON format")]
    public void Parse_refuses_what_holds_no_events(string situation, string contentType, string body, string problem) =>
        CloudEvents.Parse(contentType, [], Encoding.UTF8.GetBytes(body), SignalRules.None, Now)
            .Should().BeOfType<WebhookReading.Refused>(situation).Which.Problem.Should().Match(problem);

    private static string Event(string id, string subject) => $$"""{"specversion":"1.0","id":"{{id}}","source":"/a","type":"t","subject":"{{subject}}"}""";

    private static WebhookReading.Accepted Accept(string contentType, string body, SignalRules? rules = null, params (string Name, string Value)[] headers) =>
        CloudEvents.Parse(
            contentType, headers.Select(static h => KeyValuePair.Create(h.Name, h.Value)), Encoding.UTF8.GetBytes(body), rules ?? SignalRules.None, Now)
            .Should().BeOfType<WebhookReading.Accepted>().Subject;
}
