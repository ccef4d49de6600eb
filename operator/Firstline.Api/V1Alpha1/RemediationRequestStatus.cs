using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What came of a remediation. Written by the remediation controller.</summary>
[Cel("!has(oldSelf.approvals) || has(self.approvals)", "status.approvals is append-only and can't be removed")]
[Cel("!has(oldSelf.outcome) || has(self.outcome)", "status.outcome is set once and can't be removed")]
public sealed record RemediationRequestStatus
{
    /// <summary>Where the request is on its way, for people: derived from the conditions and never read back.</summary>
    [MaxLength(32)]
    public string? Stage { get; init; }

    /// <summary>What happens next and what to type, in one or two sentences.</summary>
    [MaxLength(1024)]
    public string? NextStep { get; init; }

    /// <summary>Who approved it, or what is missing, for people.</summary>
    [MaxLength(253)]
    public string? Approval { get; init; }

    /// <summary>What stood in the approval annotation when the operator looked last; nobody replaces a name there before it was seen. Left out while there was none.</summary>
    [MaxLength(253)]
    public string? Approver { get; init; }

    /// <summary>Whether admission checked who writes annotations when the operator looked last. What stood in one at the first look with Verified was never checked, and does not count.</summary>
    public ApprovalIdentity? ApprovalIdentity { get; init; }

    /// <summary>The answer that was given unchecked; it does not count, and a new one does once this is taken away. Left out while there is none.</summary>
    public HumanAnswer? UnverifiedAnswer { get; init; }

    /// <summary>The first gate that is closed, for people; left out when all are open.</summary>
    [MaxLength(63)]
    public string? Gate { get; init; }

    /// <summary>The gates that were not open when they were last judged, in order of priority, with what each saw and allows.</summary>
    [ListMap("name"), MaxLength(32)]
    public ImmutableArray<GateVerdict> Gates { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The gates that were open then: one sentence each of those with numbers, the names of the others in the last line.</summary>
    [MaxLength(32), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> OpenGates { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Approvals and withdrawals in the order they were seen; only ever added to.</summary>
    [MaxLength(32)]
    [Cel("oldSelf.all(o, self.exists(n, n == o))", "status.approvals is append-only")]
    public ImmutableArray<ApprovalRecord> Approvals { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the API server says of the plan, asked when the request began to wait for an approval; left out for one that waits for none.</summary>
    public PlanPreview? Preview { get; init; }

    /// <summary>The steps as they were carried out.</summary>
    [ListMap("name"), MaxLength(16)]
    public ImmutableArray<StepRecord> Steps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether it helped.</summary>
    public VerificationRecord? Verification { get; init; }

    /// <summary>Whether the target is as it was before, once the changes were undone; left out while nothing was.</summary>
    public VerificationRecord? Rollback { get; init; }

    /// <summary>How it ended; left out while it is under way. Set once.</summary>
    [Cel("self == oldSelf", "status.outcome is set once")]
    public RemediationOutcome? Outcome { get; init; }

    /// <summary>Permitted, Executed, Verified, the summary Succeeded, and Reconciling or Stalled while they hold.</summary>
    [ListMap("type"), MaxLength(16)]
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];
}
