using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using FluentAssertions;
using Xunit;
using static Firstline.Core.Tests.Facts.Given;

namespace Firstline.Core.Tests.Diagnosis;

public sealed class PastIncidentTests
{
    private static readonly Incident Present = Over("now", 0) with { Status = new() };

    /// <summary>A sentence, earlier incidents, and what is made of them.</summary>
    public static TheoryData<string, Incident[], string> Cases { get; } = new()
    {
        { "what helped is told", [Over("a", 60, Ended(RemediationOutcome.Succeeded))], "a: OOMKilled, undo helped" },
        { "the newest stands first", [Over("a", 90), Over("b", 60)], "b: OOMKilled | a: OOMKilled" },
        { "three are enough", [Over("a", 90), Over("b", 80), Over("c", 70), Over("d", 60)], "d: OOMKilled | c: OOMKilled | b: OOMKilled" },
        { "what was taken back did not help", [Over("a", 60, Ended(RemediationOutcome.Succeeded) with { UndoneAt = Ago(50) })], "a: OOMKilled" },
        { "what was rolled back was in vain", [Over("a", 60, Ended(RemediationOutcome.RolledBack), Ended(RemediationOutcome.Succeeded, "raise"))], "a: OOMKilled, raise helped, not undo" },
        { "an open one is none", [Over("a", 60) with { Status = new() }], "" },
        { "the same one is none", [Present], "" },
        { "what a human called a false positive is none", [Fed(Feedback.FalsePositive)], "" },
        { "of a wrong category the cause is none", [Fed(Feedback.WrongCategory)], "a: nothing" },
        { "a child of another has its parent's story", [Over("a", 60) with { Status = Over("a", 60).Status! with { Parent = new() { Name = "p" } } }], "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_tells_what_happened_before(string sentence, Incident[] onTarget, string expected)
    {
        ImmutableArray<PastIncident> past = PastIncident.Of(onTarget, Present);

        string.Join(" | ", past.Select(static p => $"{p.Name}: {p.Cause ?? "nothing"}{(p.Helped is null ? "" : $", {p.Helped} helped")}{string.Concat(p.InVain.Select(static v => $", not {v}"))}")).Should().Be(expected, sentence);
    }

    [Fact]
    public void A_cause_that_came_before_and_was_mended_is_a_little_likelier_and_cites_it()
    {
        Hypothesis before = Best(), after = Best(new PastIncident("a", Ago(86_400), "OOMKilled", "raise-memory-limit", []));

        before.Cause.Should().Be("OOMKilled");
        after.ConfidencePercent.Should().Be(before.ConfidencePercent + 5);
        after.EvidenceFor.Should().HaveCount(before.EvidenceFor.Length + 1);
    }

    [Fact]
    public void What_was_in_vain_speaks_against_without_points()
    {
        Hypothesis before = Best(), after = Best(new PastIncident("a", Ago(86_400), "OOMKilled", null, ["raise-memory-limit"]));

        after.ConfidencePercent.Should().Be(before.ConfidencePercent);
        after.EvidenceAgainst.Should().ContainSingle();
    }

    [Fact]
    public void Another_cause_of_before_changes_nothing()
    {
        Hypothesis before = Best(), after = Best(new PastIncident("a", Ago(86_400), "BadRollout", "undo", []));

        after.ConfidencePercent.Should().Be(before.ConfidencePercent);
        (after.EvidenceFor.Length, after.EvidenceAgainst.Length).Should().Be((before.EvidenceFor.Length, before.EvidenceAgainst.Length));
    }

    private static Hypothesis Best(params PastIncident[] past)
    {
        Situation situation = Deployment(Pod(BackingOff(137, reason: "OOMKilled") with { MemoryLimit = "64Mi" }));
        return Diagnoser.Diagnose(new(new IncidentSpec { Target = situation.Subject }, [], situation, Now) { Past = [.. past] }).Hypotheses[0];
    }

    private static Incident Fed(Feedback given)
    {
        Incident over = Over("a", 60);
        return over with { Status = over.Status! with { Feedback = new() { Given = given } } };
    }

    private static RemediationSummary Ended(RemediationOutcome outcome, string runbook = "undo") => new() { Name = $"{runbook}-1", Runbook = runbook, Outcome = outcome };

    private static Incident Over(string name, int ago, params RemediationSummary[] remediations) => new()
    {
        Metadata = new() { Name = name, Namespace = "shop", Uid = name },
        Spec = new() { Target = Target() },
        Status = new()
        {
            Hypotheses = [new() { Id = "H1", Cause = "OOMKilled" }],
            Remediations = [.. remediations],
            Conditions = [new() { Type = ConditionTypes.Resolved, Status = ConditionStatus.True, LastTransitionTime = Ago(ago) }],
        },
    };
}
