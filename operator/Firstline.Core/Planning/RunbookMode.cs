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
    /// <param name="authors">Whether the API server makes sure who wrote a runbook; null when it can't be told, and then no author is trusted.</param>
    public static RunbookMode Of(Runbook runbook, RemediationPolicySpec? policy, ApprovalIdentity? identity, ApprovalIdentity? authors = null)
    {
        RunbookMode[] all =
        [
            new(MaxModeOf(policy), policy is null
                ? $"there is no RemediationPolicy named {RemediationPolicy.DefaultName}"
                : $"the policy's maxMode is {policy.MaxMode ?? OperatingMode.Suggest}"),
            new(runbook.Spec.Mode ?? OperatingMode.Auto, $"the runbook's mode is {runbook.Spec.Mode}"),
            Approval(runbook, policy, identity, authors),
        ];
        RunbookMode strictest = all.MinBy(static m => m.Mode)!;
        return strictest.Mode == OperatingMode.Auto ? strictest with { Reason = null } : strictest;
    }

    /// <summary>True when it is the runbook's own <c>spec.mode</c> that holds it.</summary>
    public static bool IsHeldBySpec(Runbook runbook, RemediationPolicySpec? policy) =>
        runbook.Spec.Mode is { } own && own < OperatingMode.Auto && own < MaxModeOf(policy);

    private static OperatingMode MaxModeOf(RemediationPolicySpec? policy) => policy?.MaxMode ?? OperatingMode.Suggest;

    // Who may edit a runbook may write the annotation: where nothing checks the verb approve, it says nothing.
    private static RunbookMode Approval(Runbook runbook, RemediationPolicySpec? policy, ApprovalIdentity? identity, ApprovalIdentity? authors)
    {
        string revision = RunbookRevision.Of(runbook.Spec);
        if (CircuitBreaker.Standing(runbook) is { } demotion)
        {
            return new(OperatingMode.Suggest, $"revision {revision} of runbook {runbook.Metadata.Name} was approved before {demotion.Reason}, and has to be approved again");
        }

        if (IsByTrustedAuthor(runbook, policy, authors))
        {
            return new(OperatingMode.Auto, null);
        }

        string? approval = runbook.Metadata.Annotations.GetValueOrDefault(AnnotationNames.ApprovedRevision);
        return approval != CircuitBreaker.ApprovalOf(runbook) ? new(OperatingMode.Suggest, $"revision {revision} of runbook {runbook.Metadata.Name} is not approved")
            : policy?.Approvals.AllowUnverified == true ? new(OperatingMode.Auto, null)
            : identity != ApprovalIdentity.Verified ? new(
                OperatingMode.Suggest,
                $"nothing makes sure that revision {revision} of runbook {runbook.Metadata.Name} was approved by somebody who may; "
                + "install the ValidatingAdmissionPolicy firstline-runbook-approvals (kubectl apply -k config/admission), or set approvals.allowUnverified in the policy")
            : approval == runbook.Status?.UnverifiedApproval ? new(
                OperatingMode.Suggest,
                $"the approval of revision {revision} of runbook {runbook.Metadata.Name} is older than the admission policy, so that nobody checked who gave it; "
                + $"take it away ({AnnotationNames.ApprovedRevision}-) and set it anew")
            : new(OperatingMode.Auto, null);
    }

    // The review was that of the author's own source; the annotation says that nobody else has written this content.
    private static bool IsByTrustedAuthor(Runbook runbook, RemediationPolicySpec? policy, ApprovalIdentity? authors) =>
        authors == ApprovalIdentity.Verified && runbook.Metadata.Annotations.GetValueOrDefault(AnnotationNames.Author) is { Length: > 0 } author
        && policy?.Approvals.TrustedAuthors.Contains(author, StringComparer.Ordinal) == true;
}
