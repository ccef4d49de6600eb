using Firstline.Cli.Yaml;
using FluentAssertions;
using Xunit;

namespace Firstline.Cli.Tests.Yaml;

public sealed class YamlFileTests
{
    [Theory]
    [InlineData("a plain string", "v: text", "\"text\"")]
    [InlineData("a number", "v: 70", "70")]
    [InlineData("a number in quotes", "v: \"70\"", "\"70\"")]
    [InlineData("a fraction", "v: 0.5", "0.5")]
    [InlineData("truth", "v: true", "true")]
    [InlineData("the old yes, which is text now", "v: yes", "\"yes\"")]
    [InlineData("nothing", "v:", "null")]
    [InlineData("an image with a version", "v: web:1.5.0", "\"web:1.5.0\"")]
    [InlineData("a block", "v: |\n  a\n  b\n", "\"a\\nb\\n\"")]
    [InlineData("a list", "v: [1, a]", "[1,\"a\"]")]
    [InlineData("a map", "v: {a: b}", "{\"a\":\"b\"}")]
    public void ParseJson_reads_values_as_kubectl_does(string situation, string yaml, string json) =>
        (YamlFile.ParseJson(yaml)[0]["v"]?.ToJsonString() ?? "null").Should().Be(json, situation);

    [Fact]
    public void ParseJson_passes_over_empty_documents() =>
        YamlFile.ParseJson("---\n# nothing\n---\na: 1\n---\n").Should().ContainSingle();
}
