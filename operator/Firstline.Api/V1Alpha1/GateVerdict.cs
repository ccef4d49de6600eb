using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>A gate's judgement, with what it saw.</summary>
public sealed record GateVerdict
{
    /// <summary>Name of the gate.</summary>
    [Required, MaxLength(63)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>What it says.</summary>
    public GateDecision Decision { get; init; }

    /// <summary>Why, in one CamelCase word.</summary>
    [MaxLength(63)]
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Why, in one sentence.</summary>
    [MaxLength(1024)]
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>What it saw, such as 2 pods.</summary>
    [MaxLength(253)]
    public string? Observed { get; init; }

    /// <summary>What it allows, such as 1 pod.</summary>
    [MaxLength(253)]
    public string? Limit { get; init; }

    /// <summary>When it may open by itself; left out when it won't, or when it is open.</summary>
    public DateTimeOffset? NextEligibleTime { get; init; }
}
