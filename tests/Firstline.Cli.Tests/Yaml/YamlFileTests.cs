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
    [InlineData("words for truth", "v: [yes, On, n, OFF, y]", "[true,true,false,false,true]")]
    [InlineData("what is no such word", "v: [tRue, oN, \"yes\", =]", "[\"tRue\",\"oN\",\"yes\",\"=\"]")]
    [InlineData("whole numbers", "v: [0644, 0o17, 0x1F, 0b11, 1_000, +5, -012, -0, 08, 0899, 00]", "[420,15,31,3,1000,5,-10,0,8,899,0]")]
    [InlineData("fractions", "v: [.5, 5., 1e3, -1.5e+3, 12e03]", "[0.5,5,1000,-1500,12000]")]
    [InlineData("what is no number", "v: [1:30, 2001-01-01, 1.5.0, 0x, 0xG, '', 100m, 5Gi]", "[\"1:30\",\"2001-01-01\",\"1.5.0\",\"0x\",\"0xG\",\"\",\"100m\",\"5Gi\"]")]
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
