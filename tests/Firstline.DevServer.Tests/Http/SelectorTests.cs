using System.Collections.Immutable;
using Firstline.DevServer.Http.Selectors;
using FluentAssertions;
using Xunit;

namespace Firstline.DevServer.Tests.Http;

public sealed class SelectorTests
{
    private static readonly ImmutableDictionary<string, string> Labels = ImmutableDictionary<string, string>.Empty.Add("app", "shop").Add("tier", "3").Add("empty", "");

    [Theory]
    [InlineData("", true)]
    [InlineData("app=shop", true)]
    [InlineData("app==shop,tier=3", true)]
    [InlineData("app=shop,tier=4", false)]
    [InlineData("app!=shop", false)]
    [InlineData("other!=x", true)]
    [InlineData("app in (a, shop)", true)]
    [InlineData("app notin (a,b)", true)]
    [InlineData("other notin (a)", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!other", true)]
    [InlineData("tier>2", true)]
    [InlineData("tier<3", false)]
    [InlineData("app>2", false)]
    [InlineData("empty=", true)]
    [InlineData("a.b/c-d_e", false)]
    public void LabelSelector_matches(string selector, bool matches) => LabelSelector.Parse(selector).Matches(Labels).Should().Be(matches);
}
