using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>The rules.</summary>
public sealed record RemediationPolicySpec
{
    /// <summary>The kill switch: while true nothing is changed; detection and diagnosis go on.</summary>
    [DefaultValue(false)]
    public bool? Suspended { get; init; }

    /// <summary>Why it is suspended and who to ask, shown on every request that waits.</summary>
    [MaxLength(512)]
    public string? SuspendedReason { get; init; }

    /// <summary>The most that any runbook may do.</summary>
    [DefaultValue(OperatingMode.Suggest)]
    public OperatingMode? MaxMode { get; init; }

    /// <summary>Limits on all remediations.</summary>
    public PolicyLimits Limits { get; init => field = value ?? new(); } = new();

    /// <summary>What is never changed without approval, or at all.</summary>
    public ProtectionRules Protected { get; init => field = value ?? new(); } = new();

    /// <summary>Who may approve, and how.</summary>
    public ApprovalRules Approvals { get; init => field = value ?? new(); } = new();

    /// <summary>How long incidents that are over are kept, with their requests.</summary>
    public RetentionRules Retention { get; init => field = value ?? new(); } = new();
}
