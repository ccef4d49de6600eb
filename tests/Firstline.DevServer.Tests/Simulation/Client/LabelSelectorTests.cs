using System.Collections.Immutable;
using FluentAssertions;
using Firstline.DevServer.Simulation.Client;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Client;

public class LabelSelectorTests
{
    private static readonly ImmutableDictionary<string, string> Labels = ImmutableDictionary<string, string>.Empty.Add("app", "shop").Add("tier", "web");

    [Theory]
    [InlineData("no selector matches nothing", "null", false)]
    [InlineData("an empty selector matches everything", "{}", true)]
    [InlineData("equal labels", "{'matchLabels':{'app':'shop'}}", true)]
    [InlineData("one different label", "{'matchLabels':{'app':'shop','tier':'db'}}", false)]
    [InlineData("in a list", "{'matchExpressions':[{'key':'tier','operator':'In','values':['web','db']}]}", true)]
    [InlineData("not in a list", "{'matchExpressions':[{'key':'tier','operator':'NotIn','values':['web']}]}", false)]
    [InlineData("not in a list, missing", "{'matchExpressions':[{'key':'zone','operator':'NotIn','values':['a']}]}", true)]
    [InlineData("exists", "{'matchExpressions':[{'key':'zone','operator':'Exists'}]}", false)]
    [InlineData("does not exist", "{'matchExpressions':[{'key':'zone','operator':'DoesNotExist'}]}", true)]
    public void Matches_follows_the_selector(string rule, string selector, bool matches)
    {
        LabelSelector.Matches(Json.Of(selector), Labels).Should().Be(matches, rule);
    }

    [Theory]
    [InlineData("a Service without a selector has no pods", "{}", false)]
    [InlineData("equal", "{'app':'shop'}", true)]
    [InlineData("different", "{'app':'other'}", false)]
    public void MatchesMap_follows_a_services_selector(string rule, string map, bool matches)
    {
        LabelSelector.MatchesMap(Json.Of(map), Labels).Should().Be(matches, rule);
    }
}
