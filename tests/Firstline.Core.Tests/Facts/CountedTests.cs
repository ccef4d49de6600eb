using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Facts;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 pods")]
    [InlineData(1, "1 pod")]
    [InlineData(2, "2 pods")]
    [InlineData(1200, "1200 pods")]
    public void Of_agrees_with_its_noun(int count, string expected) => Counted.Of(count, "pod").Should().Be(expected);

    [Fact]
    public void Of_takes_a_plural_of_its_own() => (Counted.Of(1, "pod is", "pods are"), Counted.Of(3, "pod is", "pods are")).Should().Be(("1 pod is", "3 pods are"));
}
