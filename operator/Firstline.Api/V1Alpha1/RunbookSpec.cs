using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>The remedy.</summary>
public sealed record RunbookSpec
{
    /// <summary>What the runbook does and why that helps, for the human who approves it.</summary>
    [Required, MinLength(1), MaxLength(2048)]
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>When not to use it; shown on every request made from it.</summary>
    [MaxLength(2048)]
    public string? NotFor { get; init; }

    /// <summary>Which incidents it is for.</summary>
    [Required]
    public RunbookMatch Match { get; init => field = value ?? new(); } = new();

    /// <summary>The least human involvement; the computed level can only be stricter.</summary>
    [Required]
    public RemediationLevel Level { get; init => field = value == 0 ? RemediationLevel.L3 : value; } = RemediationLevel.L3;

    /// <summary>What the operator may do with it; the strictest of policy and runbook wins.</summary>
    [DefaultValue(OperatingMode.Auto)]
    public OperatingMode? Mode { get; init; }

    /// <summary>The steps, in order.</summary>
    [Required, ListMap("name"), MinLength(1), MaxLength(16)]
    public ImmutableArray<RunbookStep> Steps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How to tell that it helped.</summary>
    public VerificationSpec Verification { get; init => field = value ?? new(); } = new();

    /// <summary>Limits stricter than the policy's.</summary>
    public RunbookLimits Limits { get; init => field = value ?? new(); } = new();

    /// <summary>What to do when a step fails or verification says that it did not help.</summary>
    [DefaultValue(FailureAction.RollBack)]
    public FailureAction? OnFailure { get; init; }
}
