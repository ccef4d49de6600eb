using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Lifecycle;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Lifecycle;

public sealed class PreviewRulesTests
{
    private static readonly GateVerdict NeedsApproval = new() { Name = "Approval", Decision = GateDecision.Closed, Reason = GateReasons.ApprovalRequired };
    private static readonly RemediationDecision Waits = new(new NextStep.Wait(NeedsApproval, null), [NeedsApproval]);

    [Theory]
    [InlineData("it begins to wait for an approval", true)]
    [InlineData("it was tried already", false)]
    [InlineData("another replica leads", false)]
    [InlineData("it waits for something else", false)]
    [InlineData("nothing is waited for", false)]
    public void IsWanted_once_when_a_human_is_asked(string situation, bool expected)
    {
        GateVerdict other = NeedsApproval with { Name = "Cooldown" };
        GateInput view = situation switch
        {
            "it was tried already" => Sample.ViewOf(Sample.Request().With(static s => s with { Preview = new() { At = Sample.Now } })),
            "another replica leads" => Sample.View with { IsLeader = false },
            _ => Sample.View,
        };
        RemediationDecision decision = situation switch
        {
            "it waits for something else" => new(new NextStep.Wait(other, null), [other]),
            "nothing is waited for" => Waits with { Step = new NextStep.Settled() },
            _ => Waits,
        };
        PreviewRules.IsWanted(view, decision).Should().Be(expected, situation);
    }

    [Fact]
    public void Tried_is_the_first_change_of_each_object_since_the_others_build_on_it()
    {
        RemediationPlan plan = Sample.Request().Spec.Plan;
        PlannedStep again = plan.Steps[0] with { Name = "again" };
        PlannedStep elsewhere = again with { Name = "elsewhere", Forward = [again.Forward[0] with { Target = Sample.Web with { Name = "other" } }] };
        RemediationPlan three = plan with { Steps = [plan.Steps[0], again, elsewhere] };
        PreviewRules.Tried(three).Select(static t => t.Step.Name).Should().Equal("undo", "elsewhere");
        PreviewRules.Of(three, [], [], [], Sample.Now).NotTried.Should().Be("1 change of an object that an earlier one changes");
    }

    [Fact]
    public void Of_keeps_the_answers_apart_bounded_and_without_secrets()
    {
        string[] fields = [.. Enumerable.Range(0, 100).Select(static i => $"f{i}: 1 -> 2")];
        PlanPreview preview = PreviewRules.Of(
            Sample.Request().Spec.Plan, fields, ["quota exceeded, token=abcdef", "admission webhook \"x\" does not support dry run"], ["step a: no answer"], Sample.Now);
        preview.Changes.Should().HaveCount(40).And.EndWith("and 61 more fields");
        preview.Refusal.Should().Be("quota exceeded, token=[redacted]");
        preview.NotTried.Should().Be("step a: no answer; admission webhook \"x\" does not support dry run");
    }

    [Fact]
    public void Of_keeps_each_line_within_the_bound_of_the_schema_since_one_longer_line_would_have_the_whole_status_refused()
    {
        string names = string.Join(", ", Enumerable.Range(0, 20).Select(static i => $"nightly-report-of-the-warehouse-{i}"));
        string[] lines = [$"Job nightly (shop): deletes failed Jobs {names}", .. Enumerable.Range(0, 100).Select(static i => $"{new string('n', 253)}: {new string('f', 512)}{i}")];
        PlanPreview preview = PreviewRules.Of(Sample.Request().Spec.Plan, lines, [], [], Sample.Now);
        preview.Changes.Should().HaveCount(40).And.OnlyContain(static line => line.Length <= 512);
        preview.Changes[0].Should().StartWith("Job nightly (shop): deletes failed Jobs nightly-report").And.EndWith("…");
    }

    [Fact]
    public void A_refusal_is_told_before_anybody_is_asked_to_approve()
    {
        GateInput view = Sample.View;
        PlanPreview refused = new() { At = Sample.Now, Refusal = "exceeded quota: pods" };
        RemediationRequestStatus status = RemediationReport.ToStatus(view, Waits, new StepOutcome.Previewed(refused), Sample.Now);
        status.Preview.Should().Be(refused);
        status.NextStep.Should().StartWith("As things are the API server would not carry it out: exceeded quota: pods. Waits for approval until ");
        RemediationReport.ToStatus(view with { Request = view.Request with { Status = status } }, Waits, new StepOutcome.None(), Sample.Now).Preview.Should().Be(refused, "it was tried once");
    }
}
