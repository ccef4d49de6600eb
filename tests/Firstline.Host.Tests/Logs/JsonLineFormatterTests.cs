using System.Text.Json.Nodes;
using Firstline.Host.Logs;
using Firstline.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Firstline.Host.Tests.Logs;

public sealed class JsonLineFormatterTests
{
    private readonly LoggerExternalScopeProvider _scopes = new();

    [Fact]
    public void Event_is_one_line_with_its_values_and_what_was_in_work()
    {
        _scopes.Push(new KeyValuePair<string, object?>[] { new("controller", "remediation"), new("remediationRequest", "shop/r1") });
        _scopes.Push(new KeyValuePair<string, object?>[] { new("incident", "shop/web-1") });

        string line = Write(LogLevel.Warning, 3101, "Step\n2 of \"Käse\" failed", [new("Step", 2), new("Namespace", "shop"), new("Late", true), new("{OriginalFormat}", "Step {Step}")]);

        line.Should().Be(
            """{"time":"2026-11-20T12:00:00.000Z","level":"warning","logger":"Firstline.Test","event":3101,"message":"Step\n2 of \"Käse\" failed","step":2,"namespace":"shop","late":true,"controller":"remediation","remediationRequest":"shop/r1","incident":"shop/web-1"}"""
            + "\n");
    }

    [Fact]
    public void A_value_never_takes_the_place_of_another_with_its_name()
    {
        _scopes.Push(new KeyValuePair<string, object?>[] { new("incident", "outer") });

        JsonNode line = JsonNode.Parse(Write(LogLevel.Information, 1, "real", [new("Message", "forged"), new("Level", "forged"), new("Incident", "own")]))!;

        ((string?)line["message"], (string?)line["level"], (string?)line["incident"]).Should().Be(("real", "info", "own"));
    }

    [Fact]
    public void An_exception_stays_on_the_line()
    {
        string line = Write(LogLevel.Error, 1, "it failed", [], new InvalidOperationException("first\nsecond"));

        line.TrimEnd('\n').Should().NotContain("\n");
        ((string?)JsonNode.Parse(line)!["error"]).Should().Contain("InvalidOperationException: first\nsecond");
    }

    private string Write(LogLevel level, int id, string message, KeyValuePair<string, object?>[] values, Exception? exception = null)
    {
        using StringWriter text = new();
        LogEntry<KeyValuePair<string, object?>[]> entry = new(level, "Firstline.Test", new EventId(id), values, exception, (_, _) => message);
        new JsonLineFormatter(new ManualTimeProvider()).Write(in entry, _scopes, text);
        return text.ToString();
    }
}
