using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>The plan and what it rests on; immutable.</summary>
public sealed record RemediationRequestSpec
{
    /// <summary>The incident that it is for, in the same namespace.</summary>
    [Required]
    public IncidentReference Incident { get; init => field = value ?? new(); } = new();

    /// <summary>The runbook revision that it was planned from.</summary>
    [Required]
    public RunbookReference Runbook { get; init => field = value ?? new(); } = new();

    /// <summary>Who acts: L1 the operator, L2 the operator after approval.</summary>
    [Required]
    public RemediationLevel Level { get; init => field = value == 0 ? RemediationLevel.L3 : value; } = RemediationLevel.L3;

    /// <summary>Why this level, one sentence each.</summary>
    [MaxLength(16), ItemBounds(1024, MinLength = 1)]
    public ImmutableArray<string> LevelReasons { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The hypothesis that it rests on.</summary>
    [Required]
    public Hypothesis Hypothesis { get; init => field = value ?? new(); } = new();

    /// <summary>The evidence that the hypothesis cites, as it was when the plan was made; the incident's own goes on changing.</summary>
    [ListMap("id"), MaxLength(64)]
    public ImmutableArray<EvidenceItem> Evidence { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What would be changed, and how it would be undone.</summary>
    [Required]
    public RemediationPlan Plan { get; init => field = value ?? new(); } = new();

    /// <summary>Hash of the plan; an approval is for this hash.</summary>
    [Required, MaxLength(64)]
    public string PlanHash { get; init => field = value ?? ""; } = "";

    /// <summary>How to tell that it helped, from the runbook.</summary>
    [Required]
    public VerificationSpec Verification { get; init => field = value ?? new(); } = new();

    /// <summary>Limits from the runbook.</summary>
    public RunbookLimits Limits { get; init => field = value ?? new(); } = new();

    /// <summary>What to do when it does not help, from the runbook.</summary>
    [DefaultValue(FailureAction.RollBack)]
    public FailureAction? OnFailure { get; init; }

    /// <summary>When not to use it, from the runbook, for the human who approves.</summary>
    [MaxLength(2048)]
    public string? NotFor { get; init; }

    /// <summary>When the request ends unless it has begun by then.</summary>
    [Required]
    public DateTimeOffset ExpiresAt { get; init; }
}
