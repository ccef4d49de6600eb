using System.Collections.Immutable;
using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class RollingUpdateTests
{
    [Theory]
    //          situation                                      new  old  wanted surge  next
    [InlineData("the first template starts at once",             0,   0,   3,    1,    3)]
    [InlineData("a new template starts with the surge",          0,   3,   3,    1,    1)]
    [InlineData("old pods that went make room",                  1,   2,   3,    1,    2)]
    [InlineData("no surge and nothing gone: wait",               0,   3,   3,    0,    0)]
    [InlineData("never more than wanted",                        2,   0,   3,    5,    3)]
    [InlineData("too many are cut to the wanted number",         5,   0,   3,    1,    3)]
    [InlineData("above the surge after a scale-down: wait",      1,   9,   3,    1,    1)]
    public void ScaleUp_fills_the_room_within_the_surge(string situation, int next, int old, int wanted, int surge, int expected)
    {
        RollingUpdate.ScaleUp(Set("new", next, next), [Set("old", old, old)], wanted, surge).Should().Be(expected, situation);
    }

    [Theory]
    //          situation                                             new  ready  old  serving wanted unavail  left
    [InlineData("the new pod is not ready: old ones stay",              1,   0,    3,    3,     3,     0,      3)]
    [InlineData("the new pod is ready: one old may go",                 1,   1,    3,    3,     3,     0,      2)]
    [InlineData("one may be unavailable: one goes at once",             0,   0,    3,    3,     3,     1,      2)]
    [InlineData("old pods that do not serve go first, none that does",  1,   0,    3,    1,     3,     1,      2)]
    [InlineData("a bad rollout with a dead old pod keeps the others",   1,   0,    3,    2,     3,     0,      3)]
    [InlineData("all new are ready: all old go",                        3,   3,    1,    1,     3,     0,      0)]
    [InlineData("scaled to nothing: all go",                            0,   0,    2,    2,     0,     0,      0)]
    public void ScaleDown_keeps_enough_available(string situation, int next, int ready, int old, int serving, int wanted, int unavailable, int left)
    {
        ImmutableArray<RollingUpdate.Set> after = RollingUpdate.ScaleDown(Set("new", next, ready), [Set("old", old, serving)], wanted, unavailable);
        after.Single().Replicas.Should().Be(left, situation);
    }

    [Fact]
    public void ScaleDown_takes_from_the_oldest_first()
    {
        ImmutableArray<RollingUpdate.Set> after = RollingUpdate.ScaleDown(Set("new", 2, 2), [Set("older", 2, 2), Set("old", 1, 1)], 3, 0);
        after.Select(set => set.Replicas).Should().Equal(0, 1);
    }

    [Theory]
    [InlineData("both zero would never move", 0, 0, 0, 1)]
    [InlineData("given limits stay", 2, 1, 2, 1)]
    public void Limits_leave_a_way_forward(string situation, int surge, int unavailable, int expectedSurge, int expectedUnavailable)
    {
        RollingUpdate.Limits(surge, unavailable).Should().Be((expectedSurge, expectedUnavailable), situation);
    }

    [Theory]
    [InlineData("twice as many", 6, 4, 20, new[] { 12, 8 })]
    [InlineData("half as many", 6, 4, 5, new[] { 3, 2 })]
    [InlineData("what cannot be split goes to the biggest", 5, 5, 11, new[] { 6, 5 })]
    [InlineData("nothing", 6, 4, 0, new[] { 0, 0 })]
    public void Share_splits_in_proportion(string situation, int one, int other, int total, int[] expected)
    {
        RollingUpdate.Share([Set("a", one, one), Set("b", other, other)], total).Select(set => set.Replicas).Should().Equal(expected, situation);
    }

    private static RollingUpdate.Set Set(string name, int replicas, int available) => new(name, replicas, available);
}
