using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;

namespace Firstline.Core.Lifecycle;

/// <summary>Derives the one word that people see from the conditions. Never stored as a state, never read back.</summary>
public static class Stages
{
    /// <summary>Stage of a RemediationRequest.</summary>
    public static string OfRequest(ImmutableArray<Condition> conditions)
    {
        if (Find(conditions, ConditionTypes.Succeeded) is { Status: not ConditionStatus.Unknown } ended)
        {
            return ended.Status == ConditionStatus.True ? "Succeeded" : ended.Reason;
        }

        return Find(conditions, ConditionTypes.Executed) switch
        {
            { Status: ConditionStatus.True } when Find(conditions, ConditionTypes.Stalled)?.Reason == Reasons.AnswerNeeded => "AwaitingAnswer",
            { Status: ConditionStatus.True } => "Verifying",
            { Reason: Reasons.RollingBack or Reasons.RolledBack } => "RollingBack",
            { Reason: Reasons.Executing } => "Executing",
            _ => OfPermission(conditions, "Planned"),
        };
    }

    /// <summary>Stage of an Incident.</summary>
    public static string OfIncident(ImmutableArray<Condition> conditions)
    {
        if (Find(conditions, ConditionTypes.Resolved)?.Status == ConditionStatus.True)
        {
            return "Resolved";
        }

        if (Find(conditions, ConditionTypes.Escalated)?.Status == ConditionStatus.True)
        {
            return "Escalated";
        }

        if (Find(conditions, ConditionTypes.Attached)?.Status == ConditionStatus.True)
        {
            return "Attached";
        }

        return Find(conditions, ConditionTypes.Executed) switch
        {
            { Status: ConditionStatus.True } => "Verifying",
            { Reason: Reasons.RollingBack or Reasons.RolledBack } => "RollingBack",
            { Reason: Reasons.Executing } => "Executing",
            _ => OfPermission(conditions, Find(conditions, ConditionTypes.Diagnosed)?.Status == ConditionStatus.True ? "Diagnosed" : "Detected"),
        };
    }

    private static string OfPermission(ImmutableArray<Condition> conditions, string otherwise) => Find(conditions, ConditionTypes.Permitted) switch
    {
        { Status: ConditionStatus.False, Reason: var reason } when ApprovalGate.Reasons.Contains(reason) => "AwaitingApproval",
        { Status: ConditionStatus.False, Reason: not Reasons.NoRemediation } => "Blocked",
        { Status: ConditionStatus.True } => "Permitted",
        _ => otherwise,
    };

    private static Condition? Find(ImmutableArray<Condition> conditions, string type) => conditions.FirstOrDefault(c => c.Type == type);
}
