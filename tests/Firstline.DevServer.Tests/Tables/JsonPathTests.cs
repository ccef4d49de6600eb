using System.Text.Json.Nodes;
using Firstline.DevServer.Tables;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Tables;

public sealed class JsonPathTests
{
    private const string Value = """
        {"a":{"b":[1,2,3],"c.d/e":"x"},"conditions":[{"type":"Ready","status":"True","n":1},{"type":"Other","status":"False","n":5}],"null":null}
        """;

    [Theory]
    [InlineData("a field", ".a.b", "[1,2,3]")]
    [InlineData("an index", ".a.b[0]", "1")]
    [InlineData("from the end", ".a.b[-1]", "3")]
    [InlineData("beyond the end", ".a.b[7]", "")]
    [InlineData("all items", ".a.b[*]", "1 2 3")]
    [InlineData("a filter by equality", """.conditions[?(@.type=="Ready")].status""", "\"True\"")]
    [InlineData("a filter with single quotes", ".conditions[?(@.type=='Other')].status", "\"False\"")]
    [InlineData("a filter by inequality", """.conditions[?(@.type!="Ready")].type""", "\"Other\"")]
    [InlineData("a filter by order", ".conditions[?(@.n>1)].type", "\"Other\"")]
    [InlineData("a filter by existence", ".conditions[?(@.n)].n", "1 5")]
    [InlineData("a filter that matches nothing", """.conditions[?(@.type=="Nope")].status""", "")]
    [InlineData("an escaped dot", @".a.c\.d/e", "\"x\"")]
    [InlineData("a quoted name", ".a['c.d/e']", "\"x\"")]
    [InlineData("braces", "{.a.b[1]}", "2")]
    [InlineData("a missing field", ".nobody.home", "")]
    [InlineData("null", ".null", "")]
    public void Find_follows(string what, string path, string expected) =>
        string.Join(' ', JsonPath.Parse(path).Find(JsonNode.Parse(Value)!).Select(n => n.ToJsonString())).Should().Be(expected, what);

    [Theory]
    [InlineData(".a[")]
    [InlineData("a b")]
    [InlineData(".a[x]")]
    [InlineData("..")]
    [InlineData(".a[?(@.b==oops)]")]
    public void Parse_refuses(string path)
    {
        Action parse = () => JsonPath.Parse(path);
        parse.Should().Throw<FormatException>();
    }
}
