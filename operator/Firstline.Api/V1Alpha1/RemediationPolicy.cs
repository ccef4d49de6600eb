using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What the operator may do in this cluster. The one named default is in force; without it nothing is changed.</summary>
[CustomResource("remediationpolicies", "rempol", ResourceScope.Cluster)]
[PrinterColumn("Suspended", ".spec.suspended", Type = "boolean", Description = "The kill switch.")]
[PrinterColumn("MaxMode", ".spec.maxMode", Description = "The most that any runbook may do.")]
[PrinterColumn("Valid", ".status.conditions[?(@.type==\"Valid\")].status", Description = "Whether all that it names is known.")]
[PrinterColumn("Age", ".metadata.creationTimestamp", Type = "date")]
[Cel("self.metadata.name == 'default'", "the operator obeys one policy, named default; edit that one")]
public sealed record RemediationPolicy : IResource
{
    /// <summary>Where remediation policies are served.</summary>
    public static readonly ResourceType Type =
        new(GroupVersion.Group, GroupVersion.Version, "RemediationPolicy", "remediationpolicies", ResourceScope.Cluster);

    /// <summary>Name of the one policy that is in force.</summary>
    public const string DefaultName = "default";

    /// <inheritdoc/>
    public string ApiVersion { get; init => field = value ?? GroupVersion.ApiVersion; } = GroupVersion.ApiVersion;

    /// <inheritdoc/>
    public string Kind { get; init => field = value ?? "RemediationPolicy"; } = "RemediationPolicy";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The rules.</summary>
    [Required]
    public RemediationPolicySpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What the operator makes of it.</summary>
    public RemediationPolicyStatus? Status { get; init; }
}
