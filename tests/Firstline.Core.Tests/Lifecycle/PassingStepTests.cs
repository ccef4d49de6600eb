using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class PassingStepTests
{
    private static readonly RemediationRequest Request = Sample.Request() with { Metadata = Sample.Request().Metadata with { CreationTimestamp = Sample.Now.AddSeconds(1) } };

    private static readonly Incident Incident = Sample.Incident with { Metadata = Sample.Incident.Metadata with { CreationTimestamp = Sample.Now } };

    /// <summary>Situation; the step; when it has passed, in seconds, null for what is reported at once.</summary>
    public static TheoryData<string, IncidentStep, int?> Steps { get; } = new()
    {
        { "the cause is being looked for", new IncidentStep.AwaitDiagnosis(), 2 },
        { "the plan was just stored", new IncidentStep.Follow(Request with { Status = null }), 3 },
        { "its change is being sent", new IncidentStep.Follow(Judged(Sample.Step(StepState.Intended, null) with { IntendedAt = Sample.Now.AddSeconds(5) })), 7 },
        { "its change was made", new IncidentStep.Follow(Judged(Sample.Step(StepState.Applied, Sample.Now))), null },
        { "its change failed", new IncidentStep.Follow(Judged(Sample.Step(StepState.Failed, null))), null },
        { "it waits for a human", new IncidentStep.Follow(Judged()), null },
        { "humans have to act", new IncidentStep.Escalate("NoRunbook", "none", []), null },
        { "it is over", new IncidentStep.Resolve(Reasons.Remediated, "it helped"), null },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Left_lets_only_what_is_over_within_moments_wait(string situation, IncidentStep step, int? seconds)
    {
        DateTimeOffset passed = Sample.Now.AddSeconds(seconds ?? 3);
        PassingStep.Left(new(Incident, []), step, passed.AddSeconds(-1)).Should().Be(seconds is null ? null : TimeSpan.FromSeconds(1), situation);
        PassingStep.Left(new(Incident, []), step, passed).Should().BeNull("its moment is over");
        PassingStep.Left(new(Incident, []), step, passed.AddHours(-1)).Should().BeNull("only a clock that is wrong says that it takes an hour");
    }

    private static RemediationRequest Judged(params StepRecord[] steps) => Request.With(s => s with
    {
        Conditions = [new() { Type = ConditionTypes.Permitted, Status = Api.Meta.ConditionStatus.True, Reason = Reasons.GatesOpen, Message = "open" }],
        Steps = [.. steps],
    });
}
