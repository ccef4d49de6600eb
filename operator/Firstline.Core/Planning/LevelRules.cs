using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>Computes who acts. What a runbook declares can only be made stricter, and each reason is kept.</summary>
public static class LevelRules
{
    /// <summary>Least confidence, in percent, to run without approval where the runbook says nothing; the same value as in the schema.</summary>
    public const int DefaultMinConfidence = 70;

    private static readonly ImmutableArray<Func<LevelInput, IEnumerable<string>>> ApprovalReasons =
    [
        Mode, IrreversibleSteps, static i => i.Cautions, ApprovalNamespace, LowConfidence, BadHistory, static i => i.Objections,
    ];

    /// <summary>The level, and why, one sentence each; the first is what the runbook declares.</summary>
    public static (RemediationLevel Level, ImmutableArray<string> Reasons) Compute(LevelInput input)
    {
        RemediationLevel declared = input.Runbook.Spec.Level;
        string[] stricter = [.. ApprovalReasons.SelectMany(rule => rule(input))];
        RemediationLevel level = stricter.Length > 0 && declared < RemediationLevel.L2 ? RemediationLevel.L2 : declared;
        return (level, [$"runbook {input.Runbook.Metadata.Name} declares {declared}", .. stricter]);
    }

    private static IEnumerable<string> Mode(LevelInput input) => input.Mode.Reason is { } reason ? [reason] : [];

    private static IEnumerable<string> IrreversibleSteps(LevelInput input) => WhyIrreversible(input.Policy, input.Steps);

    /// <summary>Why these steps are not made without approval, one sentence each; empty when they may be.</summary>
    internal static IEnumerable<string> WhyIrreversible(RemediationPolicySpec? policy, ImmutableArray<PlannedStep> steps) =>
        from step in steps
        where step.Irreversible is not null && policy?.Approvals.Unattended.Any(h => h.ToString() == step.Action) != true
        select $"step {step.Name} can't be undone: {step.Irreversible}";

    private static IEnumerable<string> ApprovalNamespace(LevelInput input) =>
        WhyApproval(input.Policy, input.Namespaces) is { } reason ? [reason] : [];

    /// <summary>Why nothing is changed in these namespaces without approval; null when it may be.</summary>
    internal static string? WhyApproval(RemediationPolicySpec? policy, ImmutableArray<string> namespaces) =>
        policy?.Protected.ApprovalNamespaces.FirstOrDefault(namespaces.Contains) is { } ns ? $"the policy asks for approval in namespace {ns}" : null;

    private static IEnumerable<string> LowConfidence(LevelInput input)
    {
        int least = input.Runbook.Spec.Match.MinConfidencePercent ?? DefaultMinConfidence;
        return input.Hypothesis.ConfidencePercent < least
            ? [$"confidence {input.Hypothesis.ConfidencePercent} % of {input.Hypothesis.Cause} is below the {least} % that the runbook needs to run by itself"]
            : [];
    }

    private static IEnumerable<string> BadHistory(LevelInput input) =>
        input.LastOutcome is RemediationOutcome.Failed or RemediationOutcome.Orphaned or RemediationOutcome.RolledBack or RemediationOutcome.RollbackFailed
            or RemediationOutcome.TakenBack or RemediationOutcome.Inconclusive
            ? [$"the last run of this runbook revision ended as {input.LastOutcome}"]
            : [];
}
