using System.Text.RegularExpressions;
using Firstline.Core.Detection;
using Firstline.Core.Tests.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Detection;

public sealed class IncidentNamesTests
{
    [Theory]
    [InlineData("an ordinary name", "web")]
    [InlineData("a name with dots", "web.v2.example.com")]
    [InlineData("the longest name", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("a name that would end in a dash when cut", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbb")]
    [InlineData("a name of what no DNS label may hold", "___")]
    public void For_makes_a_DNS_label(string situation, string name)
    {
        string made = IncidentNames.For(Given.Target(name: name), 12);

        made.Should().MatchRegex(new Regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"), situation);
        made.Length.Should().BeLessThanOrEqualTo(63);
    }

    [Fact]
    public void For_tells_kinds_and_namespaces_apart()
    {
        string[] names =
        [
            IncidentNames.For(Given.Target()), IncidentNames.For(Given.Target("StatefulSet")), IncidentNames.For(Given.Target() with { Namespace = "other" }),
            IncidentNames.For(Given.Target(), 2),
        ];

        names.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void For_is_the_same_for_a_target_with_and_without_uid() =>
        IncidentNames.For(Given.Target()).Should().Be(IncidentNames.For(Given.Target() with { Uid = null }));

    [Theory]
    [InlineData("the first", 1)]
    [InlineData("a later one", 7)]
    public void GenerationOf_reads_back_what_For_wrote(string situation, int generation) =>
        IncidentNames.GenerationOf(Given.Target(), IncidentNames.For(Given.Target(), generation)).Should().Be(generation, situation);

    [Theory]
    [InlineData("a name given by hand", "my-incident")]
    [InlineData("a suffix that is no number", "web-00000000-x")]
    public void GenerationOf_is_zero_for(string situation, string name) =>
        IncidentNames.GenerationOf(Given.Target(), name).Should().Be(0, situation);
}
