using Firstline.Host.Health;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Health;

public sealed class CacheCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("current", true, 1, null, null)]
    [InlineData("quiet, but connected", true, 600, null, null)]
    [InlineData("cut off a moment ago", true, 120, "connection refused", null)]
    [InlineData("cut off for long", true, 121, "connection refused", "no contact for more than 2 minutes: pods (connection refused)")]
    [InlineData("never filled", false, 0, "forbidden", "not filled yet: pods")]
    public void Problem_names_the_caches_that_cannot_be_relied_on(string situation, bool synced, int seconds, string? trouble, string? expected) =>
        CacheCheck.Problem([new("nodes", true, Now, null), new("pods", synced, Now.AddSeconds(-seconds), trouble)], Now).Should().Be(expected, situation);

    [Fact]
    public void Problem_of_no_caches_is_none() => CacheCheck.Problem([], Now).Should().BeNull();
}
