using System.Text.Json.Nodes;
using Firstline.Generate.Output;
using FluentAssertions;
using Xunit;

namespace Firstline.Generate.Tests.Output;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("keys are in ordinal order", """{"b":1,"a":2,"B":3}""", "B: 3\na: 2\nb: 1\n")]
    [InlineData("items are not indented", """{"a":["x","z"]}""", "a:\n- x\n- z\n")]
    [InlineData("empty parts are short", """{"a":{},"b":[]}""", "a: {}\nb: []\n")]
    [InlineData("words that mean something else are quoted", """{"a":["true","no","1","2026-11-20",""]}""", "a:\n- \"true\"\n- \"no\"\n- \"1\"\n- \"2026-11-20\"\n- \"\"\n")]
    [InlineData("flags and numbers are not", """{"a":[true,7]}""", "a:\n- true\n- 7\n")]
    [InlineData("several lines are literal", """{"a":"x\ny"}""", "a: |-\n  x\n  y\n")]
    public void Document_is_stable(string situation, string json, string yaml) =>
        YamlText.Document(JsonNode.Parse(json)!).Should().Be("---\n" + yaml, situation);

    [Fact]
    public void Document_does_not_wrap_long_lines() =>
        YamlText.Document(new JsonObject { ["a"] = string.Join(' ', Enumerable.Repeat("word", 200)) }).Split('\n').Should().HaveCount(3);
}
