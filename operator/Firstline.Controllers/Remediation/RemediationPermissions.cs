using System.Collections.Immutable;
using Firstline.Core.Actions;

namespace Firstline.Controllers.Remediation;

/// <summary>What these controllers must be allowed to do beside the actions themselves; the generated role is made from it.</summary>
public static class RemediationPermissions
{
    private const string Group = "firstline.dev";
    private const string Admission = "admissionregistration.k8s.io";

    /// <summary>The permissions, each with its reason.</summary>
    public static readonly ImmutableArray<RbacRule> All =
    [
        new(Group, "incidents", ["list", "watch"], "planning follows each incident"),
        new(Group, "incidents", ["delete"], "retention removes incidents that are over, as long ago as the policy says"),
        new(Group, "incidents/status", ["patch"], "planning shows in the incident how far its remediation is"),
        new(Group, "remediationpolicies", ["list", "watch"], "the gates keep to the policy"),
        new(Group, "remediationpolicies/status", ["patch"], "the policy shows whether all that it names is known"),
        new(Group, "remediationrequests", ["get", "list", "watch", "create", "patch"], "planning creates requests, remediation carries them through and holds what it changes by a finalizer"),
        new(Group, "remediationrequests/status", ["patch"], "remediation records intents and results"),
        new(Group, "runbooks", ["list", "watch"], "planning matches runbooks; they are never written"),
        new(Group, "runbooks/status", ["patch"], "each runbook shows whether it is valid and what may be done with it"),
        new(Admission, "validatingadmissionpolicies", ["list", "watch"], "an approval counts as verified only while the admission policy is installed"),
        new(Admission, "validatingadmissionpolicybindings", ["list", "watch"], "an approval counts as verified only while the admission policy is bound"),
        new("authorization.k8s.io", "subjectaccessreviews", ["create"], "an approver whose right was withdrawn no longer counts"),
        new("", "events", ["create", "patch"], "each step is told as an Event"),
    ];
}
