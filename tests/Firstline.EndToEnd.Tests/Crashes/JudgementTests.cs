using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Benchmarks.Crashes;
using FluentAssertions;
using Xunit;

namespace Firstline.EndToEnd.Tests.Crashes;

/// <summary>The judge of the crashes: what it lets pass, and what not.</summary>
public sealed class JudgementTests
{
    [Theory]
    [InlineData("it was mended once", "Resolved", RemediationOutcome.Succeeded, "mended", 1, true)]
    [InlineData("it was mended twice", "Resolved", RemediationOutcome.Succeeded, "mended", 2, false)]
    [InlineData("it says mended and is not", "Resolved", RemediationOutcome.Succeeded, "broken", 1, false)]
    [InlineData("it says mended and changed nothing", "Resolved", RemediationOutcome.Succeeded, "mended", 0, false)]
    [InlineData("it was taken back", "Escalated", RemediationOutcome.RolledBack, "broken", 2, true)]
    [InlineData("it was taken back twice", "Escalated", RemediationOutcome.RolledBack, "broken", 3, false)]
    [InlineData("it says taken back and is not", "Escalated", RemediationOutcome.RolledBack, "mended", 2, false)]
    [InlineData("people were asked, and nothing was changed", "Escalated", null, "broken", 0, true)]
    [InlineData("people were asked, and it was changed behind their backs", "Escalated", null, "mended", 1, false)]
    [InlineData("people were asked after one change", "Escalated", RemediationOutcome.Inconclusive, "mended", 1, true)]
    [InlineData("people were asked after two", "Escalated", RemediationOutcome.Failed, "mended", 2, false)]
    [InlineData("people were asked after one change, which helped after all", "Resolved after escalation", RemediationOutcome.Inconclusive, "mended", 1, true)]
    [InlineData("people were asked after two, which helped after all", "Resolved after escalation", RemediationOutcome.Inconclusive, "mended", 2, false)]
    [InlineData("its signals ended before it was proven", "Resolved", RemediationOutcome.Inconclusive, "mended", 1, true)]
    [InlineData("its signals ended, and the target is broken", "Resolved", RemediationOutcome.Inconclusive, "broken", 1, false)]
    [InlineData("people were asked after a failure, and it was mended once", "Resolved after escalation", RemediationOutcome.Failed, "mended", 1, true)]
    [InlineData("nobody was asked after a failure", "Resolved", RemediationOutcome.Failed, "mended", 1, false)]
    [InlineData("it ended with nobody told", "Diagnosed", null, "broken", 0, false)]
    public void Judged_lets_pass_one_effect_one_taken_back_and_an_escalation(string situation, string stage, RemediationOutcome? outcome, string target, int effects, bool passes) =>
        Judge([Incident(stage)], outcome, target, effects).Violations.IsEmpty.Should().Be(passes, situation);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Judged_asks_for_one_incident(int incidents) =>
        Judge([.. Enumerable.Repeat(Incident("Resolved"), incidents)], RemediationOutcome.Succeeded, "mended", 1).Violations.Should().ContainSingle(v => v.Contains("incidents where one is right", StringComparison.Ordinal));

    [Theory]
    [InlineData("one was answered", 1, 0, null, 1, true)]
    [InlineData("its sender was gone", 0, 1, null, 1, true)]
    [InlineData("its sender was gone, and it was not done", 0, 1, null, 0, true)]
    [InlineData("its sender was gone, and the target shows it", 0, 1, 1, 1, true)]
    [InlineData("its sender was gone, and the target does not show it", 0, 1, 0, 1, false)]
    [InlineData("the target shows two", 1, 1, 2, 1, false)]
    [InlineData("something beside the target was changed", 2, 0, 1, 1, false)]
    public void Effects_are_counted_by_what_was_answered_and_what_the_target_shows(string situation, int answered, int unanswered, int? byTarget, int count, bool are) =>
        new Effects(answered, unanswered) { ByTarget = byTarget }.Are(count).Should().Be(are, situation);

    [Theory]
    [InlineData("none", 0, 0, null, true)]
    [InlineData("one, on another object", 1, 0, 0, true)]
    [InlineData("one that nobody waited for", 0, 1, 1, true)]
    [InlineData("two were answered", 2, 0, 1, false)]
    [InlineData("the target shows two", 1, 1, 2, false)]
    public void Effects_are_at_most_as_many_as_was_answered_and_the_target_shows(string situation, int answered, int unanswered, int? byTarget, bool are) =>
        new Effects(answered, unanswered) { ByTarget = byTarget }.AreAtMost(1).Should().Be(are, situation);

    [Theory]
    [InlineData("in their order", 1, 2)]
    [InlineData("the later one first", 2, 1)]
    public void Judged_takes_the_outcome_of_the_request_that_began_last(string situation, int firstAt, int secondAt)
    {
        RemediationRequest first = Request(RemediationOutcome.Failed, firstAt);
        RemediationRequest second = Request(RemediationOutcome.Succeeded, secondAt);
        Judge([Incident("Resolved")], [first, second], "mended", 1).Violations.IsEmpty.Should().Be(secondAt > firstAt, situation);
    }

    private static Performance Judge(ImmutableArray<Incident> incidents, RemediationOutcome? outcome, string target, int effects) =>
        Judge(incidents, [Request(outcome, 1)], target, effects);

    private static Performance Judge(ImmutableArray<Incident> incidents, ImmutableArray<RemediationRequest> requests, string target, int effects)
    {
        Scenario scenario = new("test", new("", "v1", "Thing", "things", Api.Meta.ResourceScope.Namespaced), "it", static (_, _) => Task.CompletedTask, static t => (string?)t?["is"] == "mended");
        return new Performance(scenario, new Crash(null)).Judged(incidents, requests, new JsonObject { ["is"] = target }, new Effects(effects, 0));
    }

    private static RemediationRequest Request(RemediationOutcome? outcome, int begunAt) => new()
    {
        Metadata = new() { Name = $"r-{begunAt}", Namespace = "n" },
        Spec = null!,
        Status = new() { Outcome = outcome, Steps = outcome is null ? [] : [new() { Name = "s", IntendedAt = DateTimeOffset.UnixEpoch.AddSeconds(begunAt) }] },
    };

    private static Incident Incident(string stage) => new() { Metadata = new() { Name = "i", Namespace = "n" }, Spec = null!, Status = new() { Stage = stage.Split(' ')[0], Clocks = new() { EscalatedAt = stage.Contains("escalation", StringComparison.Ordinal) ? DateTimeOffset.UnixEpoch : null } } };
}
