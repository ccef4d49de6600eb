using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

public sealed class ActionCaseTests
{
    /// <summary>Needs no server, so that who adds an action learns of it at once.</summary>
    [Fact]
    public void Each_action_can_be_tried_on_every_kind_that_it_changes() =>
        ActionCase.All.Where(static c => c.Problem is not null).Select(static c => $"{c}: {c.Problem}").Should().BeEmpty();
}
