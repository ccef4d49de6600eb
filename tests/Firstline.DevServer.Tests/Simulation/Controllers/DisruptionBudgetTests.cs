using FluentAssertions;
using Firstline.DevServer.Simulation.Controllers;
using Xunit;

namespace Firstline.DevServer.Tests.Simulation.Controllers;

public class DisruptionBudgetTests
{
    [Theory]
    [InlineData("at least two of three", "{'minAvailable':2}", 3, 3, 1)]
    [InlineData("at least two, two are well", "{'minAvailable':2}", 3, 2, 0)]
    [InlineData("half of three rounds up", "{'minAvailable':'50%'}", 3, 3, 1)]
    [InlineData("one may miss", "{'maxUnavailable':1}", 3, 3, 1)]
    [InlineData("one may miss and does", "{'maxUnavailable':1}", 3, 2, 0)]
    [InlineData("a third of three may miss", "{'maxUnavailable':'34%'}", 3, 3, 2)]
    [InlineData("none may miss", "{'maxUnavailable':0}", 3, 3, 0)]
    [InlineData("fewer than needed is never negative", "{'minAvailable':5}", 3, 3, 0)]
    public void Allowed_is_what_may_go_now(string situation, string spec, int expected, int healthy, int allowed)
    {
        DisruptionBudget.Of(Json.Of(spec), expected, healthy).Allowed.Should().Be(allowed, situation);
    }
}
