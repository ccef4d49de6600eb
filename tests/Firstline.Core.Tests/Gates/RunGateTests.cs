using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Core.Tests.Actions;
using FluentAssertions;
using Xunit;

namespace Firstline.Core.Tests.Gates;

/// <summary>Gates that look at a runbook's runs, and at the storm around them.</summary>
public sealed class RunGateTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Theory]
    // situation: + helped, - did not, ? can't be told, . under way, "," in the middle of its first step, ! failed halfway, a waits for a human's answer, < undone, 0 failed unchanged; in order of time
    [InlineData("the first", "", GateDecision.Open, null)]
    [InlineData("beside the first", ".", GateDecision.Closed, GateReasons.WaveFull)]
    [InlineData("beside the first, which is in the middle of its step", ",", GateDecision.Closed, GateReasons.WaveFull)]
    [InlineData("beside the first, which waits for a human's answer", "a", GateDecision.Open, null)]
    [InlineData("beside one that waits for an answer and one at work", "a.", GateDecision.Closed, GateReasons.WaveFull)]
    [InlineData("after the first", "+", GateDecision.Open, null)]
    [InlineData("the second of the second wave", "+.", GateDecision.Open, null)]
    [InlineData("a third in the second wave", "+..", GateDecision.Closed, GateReasons.WaveFull)]
    [InlineData("the fourth of the third wave", "+++...", GateDecision.Open, null)]
    [InlineData("a fifth in the third wave", "+++....", GateDecision.Closed, GateReasons.WaveFull)]
    [InlineData("the first failed", "-", GateDecision.Closed, GateReasons.RolloutStopped)]
    [InlineData("one of four failed", "+++-", GateDecision.Open, null)]
    [InlineData("one of three failed", "++-", GateDecision.Closed, GateReasons.RolloutStopped)]
    [InlineData("two of four failed before they were verified", "++!<", GateDecision.Closed, GateReasons.RolloutStopped)]
    [InlineData("after a failure it begins with one again", "+++-.", GateDecision.Closed, GateReasons.WaveFull)]
    [InlineData("what can't be told is no success", "?.", GateDecision.Closed, GateReasons.WaveFull)]
    public void StagedRollout_doubles_while_it_helps(string situation, string runs, GateDecision expected, string? reason)
    {
        GateVerdict verdict = new StagedRolloutGate().Judge(Sample.View with { RunsOfRunbook = Runs(runs) }, Now);
        verdict.Decision.Should().Be(expected, situation);
        verdict.Reason.Should().Be(reason ?? GateReasons.Open, situation);
        if (reason == GateReasons.RolloutStopped)
        {
            verdict.NextEligibleTime.Should().BeAfter(Now).And.BeOnOrBefore(Now.AddDays(1));
        }
    }

    [Fact]
    public void StagedRollout_looks_at_this_revision_and_a_day_alone_and_believes_the_human_who_saw_it()
    {
        ImmutableArray<RemediationRequest> other = [.. Runs("--..").Select(static r => r with { Spec = r.Spec with { Runbook = r.Spec.Runbook with { Revision = "another" } } })];
        new StagedRolloutGate().Judge(Sample.View with { RunsOfRunbook = other }, Now).Decision.Should().Be(GateDecision.Open);
        new StagedRolloutGate().Judge(Sample.View with { RunsOfRunbook = Runs("--") }, Now.AddDays(1)).Decision.Should().Be(GateDecision.Open);
        RemediationRequest approved = Sample.View.Request with { Spec = Sample.View.Request.Spec with { Level = RemediationLevel.L2 } };
        new StagedRolloutGate().Judge(Sample.ViewOf(approved) with { RunsOfRunbook = Runs("--") }, Now).Decision.Should().Be(GateDecision.Open);
        new StagedRolloutGate().Judge(Sample.View with { Policy = null }, Now).Decision.Should().Be(GateDecision.Closed);
    }

    [Fact]
    public void StagedRollout_counts_what_has_been_under_way_for_days_and_lets_finish_what_has_begun()
    {
        new StagedRolloutGate().Judge(Sample.View with { RunsOfRunbook = Runs(".") }, Now.AddDays(2)).Reason.Should().Be(GateReasons.WaveFull);
        new StagedRolloutGate().Judge(Begun with { RunsOfRunbook = Runs("+++-..") }, Now).Decision.Should().Be(GateDecision.Open, "two that began in a wider wave would wait for each other");
        new StagedRolloutGate().Judge(Begun with { RunsOfRunbook = Runs("--") }, Now).Decision.Should().Be(GateDecision.Open);
    }

    private static GateInput Begun => Sample.ViewOf(Sample.Request().With(static _ => new() { Steps = [Sample.Step(StepState.Intended) with { StartedAt = Now }] }));

    [Theory]
    [InlineData("at the limit", 50, null, GateDecision.Open)]
    [InlineData("above it", 51, null, GateDecision.Closed)]
    [InlineData("above the policy's", 4, 3, GateDecision.Closed)]
    public void Storm_stops_acting(string situation, int open, int? limit, GateDecision expected)
    {
        GateVerdict verdict = new StormGate().Judge(Sample.View with { OpenIncidents = open, Policy = Sample.Policy with { Limits = new() { MaxOpenIncidents = limit } } }, Now);
        verdict.Decision.Should().Be(expected, situation);
        (verdict.Reason == GateReasons.Storm).Should().Be(expected == GateDecision.Closed);
        new StormGate().Judge(Begun with { OpenIncidents = open }, Now).Decision.Should().Be(GateDecision.Open, "what has begun is finished");
    }

    [Theory]
    [InlineData("two failed", "+--", false)]
    [InlineData("three failed", "+---", true)]
    [InlineData("what can't be told is no failure", "--?", false)]
    [InlineData("failed or undone before anything was verified", "-!<", true)]
    [InlineData("failed before anything was changed", "--0", false)]
    public void CircuitBreaker_demotes_until_a_human_approves_again(string situation, string runs, bool demoted)
    {
        Runbook judged = CircuitBreaker.Apply(Sample.Undo, Runs(runs), Sample.Policy, Now);
        RunbookMode mode = RunbookMode.Of(judged, Sample.Policy, ApprovalIdentity.Verified);
        mode.Mode.Should().Be(demoted ? OperatingMode.Suggest : OperatingMode.Auto, situation);
        (CircuitBreaker.Standing(judged) is not null).Should().Be(demoted);
        new ApprovalGate().Judge(Sample.View with { Runbook = judged }, Now).Reason.Should().Be(demoted ? GateReasons.ApprovalRequired : GateReasons.ApprovalNotNeeded);
        if (demoted)
        {
            mode.Reason.Should().Contain("3 runs within 24h did not help");
            CircuitBreaker.Apply(judged, [], Sample.Policy, Now.AddDays(30)).Should().Be(judged, "neither time nor deleted requests lift it");
            Runbook again = judged with { Metadata = judged.Metadata with { Annotations = judged.Metadata.Annotations.SetItem(AnnotationNames.ApprovedRevision, CircuitBreaker.ApprovalOf(judged)) } };
            RunbookMode.Of(CircuitBreaker.Apply(again, Runs(runs), Sample.Policy, Now), Sample.Policy, ApprovalIdentity.Verified).Mode.Should().Be(OperatingMode.Auto, "a human approved it again");
            Runbook edited = judged with { Spec = judged.Spec with { Description = "mended" } };
            CircuitBreaker.Standing(edited).Should().BeNull("another revision waits for its own approval");
        }
    }

    [Fact]
    public void CircuitBreaker_says_in_the_runbook_what_to_type()
    {
        RunbookStatus status = Firstline.Core.Lifecycle.RunbookReport.ToStatus(Sample.Undo, Sample.Policy, ApprovalIdentity.Verified, Runs("---"), Now);
        status.EffectiveMode.Should().Be(OperatingMode.Suggest);
        status.NextStep.Should().EndWith($"{AnnotationNames.ApprovedRevision}={status.Revision}.{status.Demotion!.Id}");
    }

    [Theory]
    [InlineData("the policy trusts its author", "flux", "flux", ApprovalIdentity.Verified, OperatingMode.Auto)]
    [InlineData("of another author", "mallory", "flux", ApprovalIdentity.Verified, OperatingMode.Suggest)]
    [InlineData("of no author", "", "flux", ApprovalIdentity.Verified, OperatingMode.Suggest)]
    [InlineData("of no author, where nobody is trusted", "", "", ApprovalIdentity.Verified, OperatingMode.Suggest)]
    [InlineData("nothing vouches for the name", "flux", "flux", ApprovalIdentity.Unverified, OperatingMode.Suggest)]
    [InlineData("it can't be told whether anything does", "flux", "flux", null, OperatingMode.Suggest)]
    public void A_trusted_authors_runbook_needs_no_human(string situation, string author, string trusted, ApprovalIdentity? identity, OperatingMode expected)
    {
        Runbook written = Sample.Undo with { Metadata = Sample.Undo.Metadata with { Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(AnnotationNames.Author, author) } };
        RemediationPolicySpec policy = Sample.Policy with { Approvals = new() { TrustedAuthors = [trusted] } };
        RunbookMode.Of(written, policy, ApprovalIdentity.Verified, identity).Mode.Should().Be(expected, situation);
        RunbookMode.Of(CircuitBreaker.Apply(written, Runs("---"), policy, Now), policy, ApprovalIdentity.Verified, identity).Mode.Should().Be(OperatingMode.Suggest, "a human has to look at what failed");
    }

    private static ImmutableArray<RemediationRequest> Runs(string marks) => [.. marks.Select(static (mark, i) => Run(mark, i, Now.AddHours(-2).AddMinutes(i)))];

    private static RemediationRequest Run(char mark, int number, DateTimeOffset at)
    {
        RemediationRequest run = Sample.Other($"t{number}", Sample.Step(StepState.Applied, at));
        run = run with { Metadata = run.Metadata with { Uid = $"run-{number}" } };
        run = mark == ',' ? run.With(s => s with { Steps = [Sample.Step(StepState.Intended) with { StartedAt = at }] }) : run;
        run = mark is '!' or '<' or '0' ? run.With(s => s with
        {
            Outcome = mark == '<' ? RemediationOutcome.RolledBack : RemediationOutcome.Failed,
            Steps = [Sample.Step(StepState.Failed) with { StartedAt = mark == '!' ? at : null, AppliedAt = mark == '<' ? at : null, FailedAt = at }],
        }) : run;
        VerificationResult? result = mark switch { '+' => VerificationResult.Recovered, '-' => VerificationResult.Unchanged, '?' or 'a' => VerificationResult.Inconclusive, _ => null };
        return result is not { } ended ? run : run.With(s => s with
        {
            Verification = new() { Result = ended, FinishedAt = at.AddSeconds(30) },
            Outcome = mark == 'a' ? null : ended switch { VerificationResult.Recovered => RemediationOutcome.Succeeded, VerificationResult.Unchanged => RemediationOutcome.RolledBack, _ => RemediationOutcome.Inconclusive },
        });
    }
}
