using System.Text.Json.Nodes;
using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Client;

public class MergePatchTests
{
    [Theory]
    [InlineData("a changed number", "{'a':1,'b':2}", "{'a':3,'b':2}", "{'a':3}")]
    [InlineData("a new member", "{}", "{'a':'x'}", "{'a':'x'}")]
    [InlineData("a nested change keeps the rest", "{'m':{'a':1,'b':2}}", "{'m':{'b':3}}", "{'m':{'b':3}}")]
    [InlineData("a list is replaced as a whole", "{'l':[1,2]}", "{'l':[1,3]}", "{'l':[1,3]}")]
    [InlineData("null removes what is there", "{'a':1}", "{'a':null}", "{'a':null}")]
    [InlineData("zero takes the place of a number", "{'a':1}", "{'a':0}", "{'a':0}")]
    public void Between_holds_what_differs(string change, string current, string desired, string patch)
    {
        Between(current, desired)!.ToJsonString().Should().Be(patch.Replace('\'', '"'), change);
    }

    [Theory]
    [InlineData("the same, in another order", "{'a':{'x':1,'y':2}}", "{'a':{'y':2,'x':1}}")]
    [InlineData("members of others", "{'a':1,'theirs':2}", "{'a':1}")]
    [InlineData("zero and missing", "{}", "{'a':0}")]
    [InlineData("false and missing", "{}", "{'a':false}")]
    [InlineData("empty and missing", "{}", "{'a':'','b':[],'c':{}}")]
    [InlineData("null and missing", "{}", "{'a':null}")]
    public void Between_is_null_when_nothing_differs(string situation, string current, string desired)
    {
        Between(current, desired).Should().BeNull(situation);
    }

    private static JsonObject? Between(string current, string desired) =>
        MergePatch.Between(Json.Of(current), (JsonObject)JsonNode.Parse(desired.Replace('\'', '"'))!);
}
