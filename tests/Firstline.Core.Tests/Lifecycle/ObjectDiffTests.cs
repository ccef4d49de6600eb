using System.Text.Json.Nodes;
using Firstline.Core.Lifecycle;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class ObjectDiffTests
{
    [Theory]
    [InlineData("a field", """{"spec":{"replicas":2}}""", """{"spec":{"replicas":5}}""", "spec.replicas: 2 -> 5")]
    [InlineData("a new field", """{"spec":{}}""", """{"spec":{"paused":true}}""", "spec.paused: true (new)")]
    [InlineData("a field less", """{"data":{"mode":"a"}}""", """{}""", "data.mode: a (removed)")]
    [InlineData("an item by its name", """{"c":[{"name":"b","image":"b:1"},{"name":"a","image":"a:1"}]}""", """{"c":[{"name":"a","image":"a:2"},{"name":"b","image":"b:1"}]}""", "c[a].image: a:1 -> a:2")]
    [InlineData("a list without names", """{"args":["-v"]}""", """{"args":["-v","-q"]}""", """args: ["-v"] -> ["-v","-q"]""")]
    [InlineData("a key with dots", """{"metadata":{"labels":{"app.io/tier":"x"}}}""", """{"metadata":{"labels":{"app.io/tier":"y"}}}""", "metadata.labels[app.io/tier]: x -> y")]
    [InlineData("another type", """{"a":{"b":1}}""", """{"a":"b"}""", """a: {"b":1} -> b""")]
    [InlineData("a secret by its name", """{"data":{"password":"hunter2"}}""", """{"data":{"password":"hunter3"}}""", "data.password: [redacted] -> [redacted]")]
    [InlineData("a secret in a variable", """{"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}""", """{"env":[{"name":"DB_PASSWORD","value":"hunter3"}]}""", "env[DB_PASSWORD].value: [redacted] -> [redacted]")]
    [InlineData("what the server counts", """{"metadata":{"resourceVersion":"1","generation":1,"managedFields":[]},"status":{"a":1}}""", """{"metadata":{"resourceVersion":"2","generation":2},"status":{"a":2}}""", "")]
    [InlineData("the operator's own mark", """{"metadata":{"annotations":{}}}""", """{"metadata":{"annotations":{"firstline.dev/last-remediation":"x"}}}""", "")]
    public void Of_names_what_differs(string situation, string before, string after, string expected) =>
        string.Join('\n', ObjectDiff.Of(JsonNode.Parse(before), JsonNode.Parse(after))).Should().Be(expected, situation);

    [Fact]
    public void Of_shows_what_would_be_created_and_bounds_each_line()
    {
        ObjectDiff.Of(null, JsonNode.Parse("""{"spec":{"backoffLimit":0}}""")).Should().Equal("spec.backoffLimit: 0 (new)");
        ObjectDiff.Of(JsonNode.Parse("""{"data":{"a":"b"}}"""), new JsonObject { ["data"] = new JsonObject { ["a"] = new string('x', 100_000) } }).Single().Length.Should().BeLessThan(300);
    }
}
