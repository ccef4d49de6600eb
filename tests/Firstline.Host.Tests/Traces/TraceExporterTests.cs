using System.Text.Json.Nodes;
using System.Threading.Channels;
using Firstline.Api.V1Alpha1;
using Firstline.Host.Http;
using Firstline.Host.Options;
using Firstline.Host.Traces;
using FluentAssertions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Host.Tests.Traces;

/// <summary>A small collector on loopback takes what is sent.</summary>
public sealed class TraceExporterTests
{
    private readonly Channel<JsonNode> _taken = Channel.CreateUnbounded<JsonNode>();
    private int _refusals;

    [Fact]
    public async Task The_life_of_an_incident_arrives_as_OTLP()
    {
        await using Listener collector = await CollectorAsync();
        await using (TraceExporter exporter = new(collector.Address, "1.2.3", TimeProvider.System, NullLogger<TraceExporter>.Instance))
        {
            foreach (IncidentSpan span in IncidentSpans.Of(IncidentSpansTests.Resolved()).AddRange(IncidentSpans.Of(IncidentSpansTests.Carried(VerificationResult.Worse))))
            {
                exporter.Add(span);
            }
        }

        _taken.Writer.Complete();
        List<JsonNode> spans = [];
        await foreach (JsonNode body in _taken.Reader.ReadAllAsync())
        {
            JsonNode resource = body["resourceSpans"]![0]!;
            resource["resource"]!["attributes"]!.ToJsonString().Should().Contain("""{"key":"service.name","value":{"stringValue":"firstline-operator"}}""");
            spans.AddRange(resource["scopeSpans"]![0]!["spans"]!.AsArray().OfType<JsonNode>());
        }

        spans.Select(static s => (string?)s["name"]).Should().BeEquivalentTo("detection", "diagnosis", "planning", "incident", "gates", "execution", "verification");
        spans.Should().OnlyContain(static s => (string?)s["traceId"] == "0b7f9d5e1c2d4e3f8a9b001122334455");
        JsonNode verification = spans.Single(static s => (string?)s["name"] == "verification");
        ((string?)verification["startTimeUnixNano"], (string?)verification["endTimeUnixNano"]).Should().Be(("1795176022000000000", "1795176055000000000"));
        verification["status"]!.ToJsonString().Should().Be("""{"code":2,"message":"verification ended as Worse"}""");
        ((string?)verification["parentSpanId"]).Should().Be((string?)spans.Single(static s => (string?)s["name"] == "incident")["spanId"]);
    }

    [Fact]
    public async Task A_collector_that_is_busy_is_asked_again()
    {
        _refusals = 1;
        await using Listener collector = await CollectorAsync();
        await using TraceExporter exporter = new(collector.Address, "1.2.3", TimeProvider.System, NullLogger<TraceExporter>.Instance);

        exporter.Add(IncidentSpans.Of(IncidentSpansTests.Resolved())[0]);

        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        (await _taken.Reader.ReadAsync(limit.Token)).ToJsonString().Should().Contain("\"detection\"");
        _refusals.Should().Be(-1, "it was refused once and taken at the second time");
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_collector_that_is_away()
    {
        TraceExporter exporter = new(new Uri("http://127.0.0.1:1"), "1.2.3", TimeProvider.System, NullLogger<TraceExporter>.Instance);
        exporter.Add(IncidentSpans.Of(IncidentSpansTests.Resolved())[0]);

        Func<Task> stop = () => exporter.DisposeAsync().AsTask();

        await stop.Should().CompleteWithinAsync(TimeSpan.FromSeconds(30));
    }

    private Task<Listener> CollectorAsync() => Listener.StartAsync(
        new ListenerOptions(), [new HttpRoute("POST", "/v1/traces", TakeAsync)], 1 << 20, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    private async Task TakeAsync(HttpContext context)
    {
        JsonNode body = (await JsonNode.ParseAsync(context.Request.Body))!;
        bool isBusy = Interlocked.Decrement(ref _refusals) >= 0;
        await context.AnswerAsync(isBusy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, "{}", "application/json");
        if (!isBusy)
        {
            _taken.Writer.TryWrite(body);
        }
    }
}
