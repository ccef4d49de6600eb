using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>One planned remediation of one incident: what would change and how it would be undone, who must agree, and what came of it.</summary>
[CustomResource("remediationrequests", "remreq", ResourceScope.Namespaced)]
[PrinterColumn("Stage", ".status.stage", Description = "Where the request is on its way; derived from the conditions.")]
[PrinterColumn("Level", ".spec.level", Description = "L1 runs by itself, L2 waits for approval.")]
[PrinterColumn("Runbook", ".spec.runbook.name", Description = "The runbook it was planned from.")]
[PrinterColumn("Target", ".spec.plan.targetName", Description = "The object that it changes.")]
[PrinterColumn("Blast", ".spec.plan.blastRadius.summary", Description = "Ready pods that it may disrupt, of all.")]
[PrinterColumn("Approval", ".status.approval", Description = "Who approved it, or what is missing.")]
[PrinterColumn("Gate", ".status.gate", Description = "The first gate that is closed.")]
[PrinterColumn("Age", ".metadata.creationTimestamp", Type = "date")]
[SelectableField(".spec.incident.name")]
[Cel("!has(oldSelf.status) || has(self.status)", "the status of a RemediationRequest is its record and can't be removed")]
public sealed record RemediationRequest : IResource
{
    /// <summary>Where remediation requests are served.</summary>
    public static readonly ResourceType Type =
        new(GroupVersion.Group, GroupVersion.Version, "RemediationRequest", "remediationrequests", ResourceScope.Namespaced);

    /// <inheritdoc/>
    public string ApiVersion { get; init => field = value ?? GroupVersion.ApiVersion; } = GroupVersion.ApiVersion;

    /// <inheritdoc/>
    public string Kind { get; init => field = value ?? "RemediationRequest"; } = "RemediationRequest";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The plan; a fact once made.</summary>
    [Required]
    [Cel("self == oldSelf", "the spec of a RemediationRequest is what was approved and can't be changed; reject it, and the operator plans anew")]
    public RemediationRequestSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What came of it.</summary>
    public RemediationRequestStatus? Status { get; init; }
}
