using Firstline.Core.Gates;
using Firstline.Host.Health;
using Firstline.Kube.Informers;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Health;

public sealed class CacheCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("current", true, 1, null, null)]
    [InlineData("quiet, but connected", true, 600, null, null)]
    [InlineData("cut off a moment ago", true, 150, "connection refused", null)]
    [InlineData("cut off for long", true, 151, "connection refused", "no contact for more than 150 s: pods (connection refused)")]
    [InlineData("never filled", false, 0, "forbidden", "not filled yet: pods")]
    public void Problem_names_the_caches_that_cannot_be_relied_on(string situation, bool synced, int seconds, string? trouble, string? expected) =>
        CacheCheck.Problem([new("nodes", true, Now, null), new("pods", synced, Now.AddSeconds(-seconds), trouble)], Now).Should().Be(expected, situation);

    [Fact]
    public void Quiet_cache_on_a_server_without_bookmarks_is_listed_again_before_the_gate_or_readiness_call_it_stale()
    {
        TimeSpan longest = new InformerOptions().IdleTimeout + TimeSpan.FromSeconds(20);   // the list, and tries after a break

        longest.Should().BeLessThanOrEqualTo(CacheFreshnessGate.LongestSilence).And.BeLessThanOrEqualTo(CacheCheck.LongestSilence);
    }

    [Fact]
    public void Problem_of_no_caches_is_none() => CacheCheck.Problem([], Now).Should().BeNull();
}
