using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using FluentAssertions;
using Xunit;

namespace Firstline.Api.Tests.V1Alpha1;

public sealed class FirstlineJsonTests
{
    private static readonly Dictionary<string, JsonTypeInfo> Shapes = new()
    {
        ["incident"] = FirstlineJson.Incident,
        ["runbook"] = FirstlineJson.Runbook,
        ["remediationrequest"] = FirstlineJson.RemediationRequest,
        ["remediationpolicy"] = FirstlineJson.RemediationPolicy,
    };

    [Theory]
    [InlineData("incident")]
    [InlineData("runbook")]
    [InlineData("remediationrequest")]
    [InlineData("remediationpolicy")]
    public void A_complete_object_survives_the_round_trip(string kind)
    {
        string golden = Golden.Read(kind);
        object? value = JsonSerializer.Deserialize(golden, Shapes[kind]);

        string written = JsonSerializer.Serialize(value, Shapes[kind]);

        Differences(JsonNode.Parse(golden), JsonNode.Parse(written), "$").Should().BeEmpty();
    }

    [Theory]
    [InlineData("incident")]
    [InlineData("runbook")]
    [InlineData("remediationrequest")]
    [InlineData("remediationpolicy")]
    public void An_object_with_nothing_but_its_kind_can_be_read_and_walked(string kind)
    {
        object value = JsonSerializer.Deserialize("""{ "metadata": { "name": "x" } }""", Shapes[kind])!;

        value.Should().BeAssignableTo<IResource>().Which.Metadata.Labels.Should().BeEmpty();
        FluentActions.Invoking(() => JsonSerializer.Serialize(value, Shapes[kind])).Should().NotThrow("no list within is the default ImmutableArray");
    }

    [Theory]
    [InlineData("a whole second",         "2026-11-20T10:00:03Z",             "2026-11-20T10:00:03Z")]
    [InlineData("milliseconds",           "2026-11-20T10:00:03.250Z",         "2026-11-20T10:00:03.25Z")]
    [InlineData("finer than it is kept",  "2026-11-20T10:00:03.1239999Z",     "2026-11-20T10:00:03.123Z")]
    [InlineData("another offset",         "2026-11-20T11:00:03.5+01:00",      "2026-11-20T10:00:03.5Z")]
    public void Moments_are_written_as_Kubernetes_writes_them(string situation, string read, string written)
    {
        Runbook runbook = JsonSerializer.Deserialize($$"""{ "status": { "lastRunTime": "{{read}}" } }""", FirstlineJson.Runbook)!;

        JsonNode.Parse(JsonSerializer.Serialize(runbook, FirstlineJson.Runbook))!["status"]!["lastRunTime"]!.ToString().Should().Be(written, situation);
    }

    [Theory]
    [InlineData("a map that is null", """{ "spec": { "match": { "labels": null } } }""")]
    [InlineData("a part that is null", """{ "spec": { "match": null, "limits": null, "verification": null } }""")]
    [InlineData("a text that is null", """{ "spec": { "description": null }, "metadata": { "name": null } }""")]
    [InlineData("a spec that is null", """{ "spec": null, "metadata": null }""")]
    [InlineData("a field that nobody knows", """{ "spec": { "fromTheFuture": { "a": [1] } } }""")]
    public void Read_tolerates(string situation, string json)
    {
        Runbook runbook = JsonSerializer.Deserialize(json, FirstlineJson.Runbook)!;

        runbook.Metadata.Name.Should().BeEmpty(situation);
        runbook.Spec.Description.Should().BeEmpty(situation);
        runbook.Spec.Match.Causes.Should().BeEmpty(situation);
        runbook.Spec.Match.Labels.Should().BeEmpty(situation);
        runbook.Spec.Limits.Cooldown.Should().BeNull(situation);
    }

    [Fact]
    public void Read_takes_a_missing_level_for_the_strictest()
    {
        JsonSerializer.Deserialize("{}", FirstlineJson.Of<RunbookSpec>())!.Level.Should().Be(RemediationLevel.L3);
        JsonSerializer.Deserialize("{}", FirstlineJson.Of<RemediationRequestSpec>())!.Level.Should().Be(RemediationLevel.L3);
    }

    [Fact]
    public void Read_refuses_a_list_that_is_null_as_the_API_server_does_and_names_it() =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize("""{ "spec": { "match": { "causes": null } } }""", FirstlineJson.Runbook))
            .Should().Throw<JsonException>().WithMessage("*$.spec.match.causes*");

    [Fact]
    public void Read_refuses_a_word_that_is_no_member_of_the_enum() =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize("""{ "severity": "SEV9" }""", FirstlineJson.Of<IncidentSpec>()))
            .Should().Throw<JsonException>();

    [Fact]
    public void Write_leaves_out_empty_lists_and_maps_and_nulls()
    {
        Runbook runbook = new() { Metadata = new() { Name = "x" }, Spec = new() { Steps = [new RunbookStep { Name = "a", Action = "B" }] } };

        JsonNode written = JsonNode.Parse(JsonSerializer.Serialize(runbook, FirstlineJson.Runbook))!;

        Keys(written["metadata"]).Should().Equal("name");
        Keys(written["spec"]!["match"]).Should().BeEmpty();
        Keys(written["spec"]!["steps"]![0]).Should().Equal("name", "action");
        Keys(written).Should().NotContain("status");
    }

    [Fact]
    public void Write_keeps_false_and_zero_because_they_say_something()
    {
        RemediationPolicySpec spec = new() { Suspended = false, Limits = new() { MaxConcurrent = 0, Cooldown = Duration.From(TimeSpan.Zero) } };

        JsonNode written = JsonNode.Parse(JsonSerializer.Serialize(spec, FirstlineJson.Of<RemediationPolicySpec>()))!;

        written["suspended"]!.GetValue<bool>().Should().BeFalse();
        written["limits"]!["maxConcurrent"]!.GetValue<int>().Should().Be(0);
        written["limits"]!["cooldown"]!.GetValue<string>().Should().Be("0s");
    }

    [Fact]
    public void Write_keeps_quotes_and_other_alphabets_readable() =>
        JsonSerializer.Serialize(new IncidentSpec { Summary = "größer & <b>" }, FirstlineJson.Of<IncidentSpec>()).Should().Contain("größer & <b>");

    [Fact]
    public void Of_refuses_a_type_that_is_no_part_of_a_resource() =>
        FluentActions.Invoking(FirstlineJson.Of<Version>).Should().Throw<NotSupportedException>();

    private static ImmutableArray<string> Keys(JsonNode? node) => [.. node!.AsObject().Select(entry => entry.Key)];

    /// <summary>Paths at which two JSON values differ, so that a failure names the field.</summary>
    private static IEnumerable<string> Differences(JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key))
            .SelectMany(key => Differences(left[key], right[key], $"{path}.{key}")),
        (JsonArray left, JsonArray right) when left.Count == right.Count => left.Zip(right)
            .SelectMany((pair, at) => Differences(pair.First, pair.Second, $"{path}[{at}]")),
        _ => JsonNode.DeepEquals(expected, actual) ? [] : [$"{path}: {expected?.ToJsonString() ?? "nothing"} became {actual?.ToJsonString() ?? "nothing"}"],
    };
}
