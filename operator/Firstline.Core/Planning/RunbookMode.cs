using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>What the operator may do with a runbook now, and why not more.</summary>
/// <param name="Mode">The strictest of the policy's mode, the runbook's and the approval of its revision.</param>
/// <param name="Reason">What holds it there, in one sentence; null at Auto.</param>
public sealed record RunbookMode(OperatingMode Mode, string? Reason)
{
    /// <summary>Judges a runbook. Without a policy the mode is Suggest at most, and the policy gate stays closed.</summary>
    public static RunbookMode Of(Runbook runbook, RemediationPolicySpec? policy)
    {
        string revision = RunbookRevision.Of(runbook.Spec);
        string? approved = runbook.Metadata.Annotations.GetValueOrDefault(AnnotationNames.ApprovedRevision);
        RunbookMode[] all =
        [
            new(policy?.MaxMode ?? OperatingMode.Suggest, policy is null
                ? $"there is no RemediationPolicy named {RemediationPolicy.DefaultName}"
                : $"the policy's maxMode is {policy.MaxMode ?? OperatingMode.Suggest}"),
            new(runbook.Spec.Mode ?? OperatingMode.Auto, $"the runbook's mode is {runbook.Spec.Mode}"),
            new(approved == revision ? OperatingMode.Auto : OperatingMode.Suggest, $"revision {revision} of runbook {runbook.Metadata.Name} is not approved"),
        ];
        RunbookMode strictest = all.MinBy(static m => m.Mode)!;
        return strictest.Mode == OperatingMode.Auto ? strictest with { Reason = null } : strictest;
    }
}
