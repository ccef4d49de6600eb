using FluentAssertions;
using Firstline.DevServer.Simulation.Values;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Values;

public class IntOrPercentTests
{
    [Theory]
    [InlineData("a count is itself", "2", 10, true, 2)]
    [InlineData("surge rounds up", "'25%'", 3, true, 1)]
    [InlineData("unavailable rounds down", "'25%'", 3, false, 0)]
    [InlineData("all", "'100%'", 7, false, 7)]
    [InlineData("missing is the default", "null", 7, true, 5)]
    [InlineData("a word is the default", "'many'", 7, true, 5)]
    public void Resolve_makes_counts(string situation, string value, int total, bool up, int count)
    {
        MidpointRounding rounding = up ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToZero;
        IntOrPercent.Resolve(Json.Of(value), total, rounding, 5).Should().Be(count, situation);
    }
}
