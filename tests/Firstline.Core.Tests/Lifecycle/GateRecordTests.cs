using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class GateRecordTests
{
    private static readonly GateVerdict Waits = new() { Name = "Approval", Decision = GateDecision.Closed, Message = "a human has to approve it" };
    private static readonly GateVerdict Policy = new() { Name = "Policy", Decision = GateDecision.Open, Message = "there is one" };

    [Fact]
    public void OpenAfter_keeps_what_is_stored_while_something_else_is_waited_for_and_only_numbers_change()
    {
        ImmutableArray<string> stored = GateRecord.OpenAfter([], [Policy, Waits, Blast("2")]);

        GateRecord.OpenAfter(stored, [Policy, Waits, Blast("3")]).Should().Equal(stored).And.Contain("BlastRadius: the plan may stop no pod (seen 2)");
    }

    [Fact]
    public void OpenAfter_tells_the_numbers_that_a_change_rests_on()
    {
        ImmutableArray<string> stored = GateRecord.OpenAfter([], [Policy, Waits, Blast("2")]);

        GateRecord.OpenAfter(stored, [Policy, Waits with { Decision = GateDecision.Open }, Blast("3")]).Should().Contain("BlastRadius: the plan may stop no pod (seen 3)");
    }

    [Fact]
    public void OpenAfter_tells_of_another_gate_that_is_open_or_is_not_any_more()
    {
        ImmutableArray<string> stored = GateRecord.OpenAfter([], [Policy, Waits, Blast("2")]);

        GateRecord.OpenAfter(stored, [Policy, Waits, Blast("3") with { Decision = GateDecision.Closed }]).Should().Equal("also open: Policy");
        GateRecord.OpenAfter(stored, [Policy with { Decision = GateDecision.Closed }, Waits, Blast("3")]).Should().Equal("BlastRadius: the plan may stop no pod (seen 3)");
    }

    private static GateVerdict Blast(string seen) => new() { Name = "BlastRadius", Decision = GateDecision.Open, Message = "the plan may stop no pod", Observed = seen };
}
