using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>How many humans have to approve.</summary>
public static class Quorum
{
    /// <summary>The most that a rule of the policy asks for; without one, one for L2 and none for L1.</summary>
    /// <param name="rules">The policy's rules.</param>
    /// <param name="severity">The incident's severity; while it is not known, every rule holds.</param>
    /// <param name="level">L1, or L2 for whatever waits for approval.</param>
    public static int Of(ImmutableArray<QuorumRule> rules, Severity? severity, RemediationLevel level) =>
        rules.Where(r => Concerns(r, severity, level)).Select(static r => r.Approvers).Append(level == RemediationLevel.L1 ? 0 : 1).Max();

    /// <summary>The worse of the severity that a human confirmed and the one that the operator suggests: confirming a milder one asks for no fewer humans. Null when none is known.</summary>
    public static Severity? SeverityOf(Incident? incident) =>
        new[] { incident?.Spec.Severity, incident?.Status?.SuggestedSeverity, incident?.Status?.Severity }.Min();

    private static bool Concerns(QuorumRule rule, Severity? severity, RemediationLevel level) =>
        (rule.Severities.IsEmpty || severity is null || rule.Severities.Contains(severity.Value))
        && (rule.Levels.IsEmpty ? level == RemediationLevel.L2 : rule.Levels.Contains(level));
}
