using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>What the operator may do with a runbook now, and why not more.</summary>
/// <param name="Mode">The strictest of the policy's mode, the runbook's and the approval of its revision.</param>
/// <param name="Reason">What holds it there, in one sentence; null at Auto.</param>
public sealed record RunbookMode(OperatingMode Mode, string? Reason)
{
    /// <summary>Judges a runbook. Without a policy the mode is Suggest at most, and the policy gate stays closed.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="policy">The policy; null when there is none.</param>
    /// <param name="identity">Whether the API server makes sure that who approves a revision may; null when it can't be told.</param>
    public static RunbookMode Of(Runbook runbook, RemediationPolicySpec? policy, ApprovalIdentity? identity)
    {
        RunbookMode[] all =
        [
            new(MaxModeOf(policy), policy is null
                ? $"there is no RemediationPolicy named {RemediationPolicy.DefaultName}"
                : $"the policy's maxMode is {policy.MaxMode ?? OperatingMode.Suggest}"),
            new(runbook.Spec.Mode ?? OperatingMode.Auto, $"the runbook's mode is {runbook.Spec.Mode}"),
            Approval(runbook, policy, identity),
        ];
        RunbookMode strictest = all.MinBy(static m => m.Mode)!;
        return strictest.Mode == OperatingMode.Auto ? strictest with { Reason = null } : strictest;
    }

    /// <summary>True when it is the runbook's own <c>spec.mode</c> that holds it.</summary>
    public static bool IsHeldBySpec(Runbook runbook, RemediationPolicySpec? policy) =>
        runbook.Spec.Mode is { } own && own < OperatingMode.Auto && own < MaxModeOf(policy);

    private static OperatingMode MaxModeOf(RemediationPolicySpec? policy) => policy?.MaxMode ?? OperatingMode.Suggest;

    // Who may edit a runbook may write the annotation: where nothing checks the verb approve, it says nothing.
    private static RunbookMode Approval(Runbook runbook, RemediationPolicySpec? policy, ApprovalIdentity? identity)
    {
        string revision = RunbookRevision.Of(runbook.Spec);
        if (runbook.Metadata.Annotations.GetValueOrDefault(AnnotationNames.ApprovedRevision) != revision)
        {
            return new(OperatingMode.Suggest, $"revision {revision} of runbook {runbook.Metadata.Name} is not approved");
        }

        return identity == ApprovalIdentity.Verified || policy?.Approvals.AllowUnverified == true
            ? new(OperatingMode.Auto, null)
            : new(
                OperatingMode.Suggest,
                $"nothing makes sure that revision {revision} of runbook {runbook.Metadata.Name} was approved by somebody who may; "
                + "install the ValidatingAdmissionPolicy firstline-runbook-approvals (kubectl apply -k config/admission), or set approvals.allowUnverified in the policy");
    }
}
