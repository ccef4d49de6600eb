using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class RefusedStatusTests
{
    private const string Refusal = "the status of RemediationRequest shop/undo was refused: spec is too new";
    private static readonly DateTimeOffset Now = Sample.Now;

    [Fact]
    public void Of_keeps_what_is_stored_and_says_that_it_stalls()
    {
        RemediationRequest stored = UnderWay();

        RemediationRequestStatus small = RefusedStatus.Of(stored, Refusal + new string('x', 5000), Now);

        small.Steps.Should().Equal(stored.Status!.Steps);
        small.Conditions.Select(static c => (c.Type, c.Status)).Should().Equal((ConditionTypes.Permitted, ConditionStatus.True), (ConditionTypes.Stalled, ConditionStatus.True));
        small.Conditions[1].Reason.Should().Be(Reasons.StatusRefused);
        small.Conditions[1].Message.Length.Should().BeLessThanOrEqualTo(512, "it must fit where little room is left");
        RefusedStatus.Of(stored with { Status = small }, Refusal + new string('x', 5000), Now.AddMinutes(1)).Conditions.Should().Equal(small.Conditions, "it is written once");
    }

    [Fact]
    public void Incident_of_such_a_request_is_with_humans()
    {
        RemediationRequest stored = UnderWay();
        RemediationRequest refused = stored with { Status = RefusedStatus.Of(stored, Refusal, Now) };

        IncidentStatus status = IncidentProgress.ToStatus(new(Sample.Incident, [refused]), new IncidentStep.Follow(refused), Now);

        status.Stage.Should().Be("Escalated");
        Condition escalated = status.Conditions.Single(static c => c.Type == ConditionTypes.Escalated);
        (escalated.Reason, escalated.Message).Should().Be((Reasons.StatusRefused, $"{refused.Metadata.Name} can't go on: {Refusal}"));
    }

    private static RemediationRequest UnderWay() => Sample.Request().With(static s => s with
    {
        Steps = [Sample.Step(StepState.Intended, null)],
        Conditions =
        [
            new() { Type = ConditionTypes.Permitted, Status = ConditionStatus.True, Reason = Reasons.GatesOpen, LastTransitionTime = Now },
            new() { Type = ConditionTypes.Reconciling, Status = ConditionStatus.True, Reason = Reasons.Executing, LastTransitionTime = Now },
        ],
    });
}
