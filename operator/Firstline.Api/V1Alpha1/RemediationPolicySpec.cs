using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

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

    /// <summary>Who else wants nothing to be changed, for which namespaces and runbooks, and until when.</summary>
    [ListMap("owner"), MaxLength(32)]
    public ImmutableArray<PauseRequest> PauseRequests { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The most that any runbook may do.</summary>
    [DefaultValue(OperatingMode.Suggest)]
    public OperatingMode? MaxMode { get; init; }

    /// <summary>Limits on all remediations.</summary>
    public PolicyLimits Limits { get; init => field = value ?? new(); } = new();

    /// <summary>What is never changed without approval, or at all.</summary>
    public ProtectionRules Protected { get; init => field = value ?? new(); } = new();

    /// <summary>Who may approve, and how.</summary>
    public ApprovalRules Approvals { get; init => field = value ?? new(); } = new();

    /// <summary>Whose runbooks may verify by metrics.</summary>
    public MetricRules Metrics { get; init => field = value ?? new(); } = new();

    /// <summary>When changes may begin; without any, at all times. A request that is approved waits for its window.</summary>
    [ListMap("name"), MaxLength(32)]
    public ImmutableArray<ChangeWindow> ChangeWindows { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>When no change begins.</summary>
    [ListMap("name"), MaxLength(32)]
    public ImmutableArray<ChangeFreeze> Freezes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How long findings must last before an incident is opened, beside what each detector waits for by itself.</summary>
    [ListMap("name"), MaxLength(32)]
    public ImmutableArray<PatienceRule> Patience { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How long no signal of an incident may fire before it is over by itself: one that comes back meanwhile goes on with the same incident instead of opening the next one. At once
    /// when left out; what a remediation was verified to have helped is over at once in any case.</summary>
    public Duration? QuietFor { get; init; }

    /// <summary>How long incidents that are over are kept, with their requests.</summary>
    public RetentionRules Retention { get; init => field = value ?? new(); } = new();

    /// <summary>What follows from humans' feedback on incidents.</summary>
    public FeedbackRules? Feedback { get; init; }
}
