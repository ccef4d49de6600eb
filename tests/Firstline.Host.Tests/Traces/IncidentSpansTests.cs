using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Host.Traces;
using FluentAssertions;
using Xunit;

namespace Firstline.Host.Tests.Traces;

public sealed class IncidentSpansTests
{
    private const string Uid = "0b7f9d5e-1c2d-4e3f-8a9b-001122334455";
    private static readonly DateTimeOffset T0 = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_life_is_one_trace_under_the_incidents_uid()
    {
        ImmutableArray<IncidentSpan> spans = [.. IncidentSpans.Of(Resolved()), .. IncidentSpans.Of(Carried(VerificationResult.Recovered))];

        spans.Select(static s => s.TraceId).Distinct().Should().Equal("0b7f9d5e1c2d4e3f8a9b001122334455");
        IncidentSpan whole = spans.Single(static s => s.ParentId.Length == 0);
        spans.Where(s => s != whole).Should().OnlyContain(s => s.ParentId == whole.SpanId);
        spans.Select(static s => s.SpanId).Should().OnlyHaveUniqueItems();
        spans.OrderBy(static s => s.Start).ThenByDescending(static s => s.End).Select(static s => $"{s.Name} {(s.Start - T0).TotalSeconds}-{(s.End - T0).TotalSeconds}").Should().Equal(
            "incident 0-60", "detection 0-5", "diagnosis 5-8", "planning 8-9", "gates 9-20", "execution 20-21", "verification 22-55");
        spans.Should().OnlyContain(static s => s.Error == null);
    }

    [Fact]
    public void What_has_not_ended_is_no_span_yet()
    {
        Incident open = Resolved() with { Status = new() { Clocks = new() { DetectedAt = T0 } } };

        IncidentSpans.Of(open).Select(static s => s.Name).Should().Equal("detection");
        IncidentSpans.Of(Carried(VerificationResult.Recovered) with { Status = new() }).Should().BeEmpty();
        IncidentSpans.Of(open with { Status = null }).Should().BeEmpty();
    }

    [Fact]
    public void The_execution_has_not_ended_before_every_planned_step_has()
    {
        StepRecord undo = new() { Name = "undo", State = StepState.Intended, IntendedAt = T0.AddSeconds(20) };
        StepRecord restart = new() { Name = "restart", State = StepState.Intended, IntendedAt = T0.AddSeconds(22) };
        StepRecord undone = undo with { State = StepState.Applied, AppliedAt = T0.AddSeconds(21) };

        ExecutionOf(Executing(undo)).Should().BeNull("it has only begun");
        ExecutionOf(Executing(undone)).Should().BeNull("the second step is still to come");
        ExecutionOf(Executing(undone, restart)).Should().BeNull();
        ExecutionOf(Executing(undone, restart with { State = StepState.Applied, AppliedAt = T0.AddSeconds(25) })).Should().BeEquivalentTo(
            new { Start = T0.AddSeconds(20), End = T0.AddSeconds(25), Error = (string?)null });
    }

    [Fact]
    public void An_execution_that_failed_ends_with_what_follows_and_says_why()
    {
        StepRecord undone = new() { Name = "undo", State = StepState.Applied, IntendedAt = T0.AddSeconds(20), AppliedAt = T0.AddSeconds(21) };
        StepRecord failed = new() { Name = "restart", State = StepState.Failed, IntendedAt = T0.AddSeconds(22), Message = "the API server refused it" };
        Condition over = new() { Type = ConditionTypes.Succeeded, Status = ConditionStatus.False, LastTransitionTime = T0.AddSeconds(30) };
        RemediationRequest concluded = Executing(failed);

        ExecutionOf(Executing(undone, failed)).Should().BeNull("what follows is not known yet");
        ExecutionOf(Executing(undone with { State = StepState.RollingBack, IntendedAt = T0.AddSeconds(24) }, failed)).Should().BeEquivalentTo(
            new { Start = T0.AddSeconds(21), End = T0.AddSeconds(24), Error = "step restart: the API server refused it" });
        ExecutionOf(concluded with { Status = concluded.Status! with { Conditions = [.. concluded.Status!.Conditions, over] } }).Should().BeEquivalentTo(
            new { Start = T0.AddSeconds(22), End = T0.AddSeconds(30), Error = "step restart: the API server refused it" });
    }

    [Fact]
    public void A_failed_verification_says_so() =>
        IncidentSpans.Of(Carried(VerificationResult.Worse)).Single(static s => s.Name == "verification").Error.Should().Be("verification ended as Worse");

    [Fact]
    public void A_span_never_ends_before_it_begins()
    {
        Incident skewed = Resolved() with { Status = new() { Clocks = new() { DetectedAt = T0, DiagnosedAt = T0.AddSeconds(-3) } } };

        IncidentSpans.Of(skewed).Should().OnlyContain(static s => s.End >= s.Start);
    }

    private static IncidentSpan? ExecutionOf(RemediationRequest request) => IncidentSpans.Of(request).SingleOrDefault(static s => s.Name == "execution");

    // Two steps are planned; until the last is done the condition says that it was not executed, and why.
    private static RemediationRequest Executing(params StepRecord[] steps)
    {
        RemediationRequest request = Carried(VerificationResult.Pending);
        return request with
        {
            Spec = request.Spec with { Plan = new() { Steps = [new() { Name = "undo" }, new() { Name = "restart" }] } },
            Status = new()
            {
                Steps = [.. steps],
                Conditions = [new() { Type = ConditionTypes.Executed, Status = ConditionStatus.False, LastTransitionTime = T0.AddSeconds(9), Message = "0 of 2 step(s) done" }],
            },
        };
    }

    internal static Incident Resolved() => new()
    {
        Metadata = new() { Name = "web-1", Namespace = "shop", Uid = Uid },
        Spec = new() { Target = new() { Kind = "Deployment", Name = "web" } },
        Status = new()
        {
            Clocks = new()
            {
                StartedAt = T0, DetectedAt = T0.AddSeconds(5), DiagnosedAt = T0.AddSeconds(8), PlannedAt = T0.AddSeconds(9), ExecutedAt = T0.AddSeconds(22), ResolvedAt = T0.AddSeconds(60),
            },
        },
    };

    internal static RemediationRequest Carried(VerificationResult result) => new()
    {
        Metadata = new() { Name = "web-1-a", Namespace = "shop", Uid = "7d1f0000-0000-4000-8000-000000000001", CreationTimestamp = T0.AddSeconds(9) },
        Spec = new() { Incident = new() { Name = "web-1", Uid = Uid }, Runbook = new() { Name = "undo-bad-rollout" }, Plan = new() { Steps = [new() { Name = "undo" }] } },
        Status = new()
        {
            Steps = [new() { Name = "undo", IntendedAt = T0.AddSeconds(20), AppliedAt = T0.AddSeconds(21) }],
            Conditions = [new() { Type = ConditionTypes.Executed, Status = ConditionStatus.True, LastTransitionTime = T0.AddSeconds(22) }],
            Verification = new() { StartedAt = T0.AddSeconds(22), FinishedAt = T0.AddSeconds(55), Result = result },
        },
    };
}
