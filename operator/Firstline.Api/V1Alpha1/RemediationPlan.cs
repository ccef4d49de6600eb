using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What would be changed, in order, and how each step would be undone.</summary>
public sealed record RemediationPlan
{
    /// <summary>What the plan does, in one sentence.</summary>
    [Required, MaxLength(1024)]
    public string Summary { get; init => field = value ?? ""; } = "";

    /// <summary>The object that gates, locks and verification look at.</summary>
    [Required]
    public TargetRef Target { get; init => field = value ?? new(); } = new();

    /// <summary>Kind and name of the target, for people.</summary>
    [MaxLength(320)]
    public string TargetName { get; init => field = value ?? ""; } = "";

    /// <summary>metadata.generation of the target when the plan was made; another one means that the plan is stale. 0 where the kind has none.</summary>
    [Range(0, long.MaxValue)]
    public long TargetGeneration { get; init; }

    /// <summary>Hash of the target's content when the plan was made: of a ConfigMap's data; of the spec without its replicas where an autoscaler may move those.</summary>
    [MaxLength(64)]
    public string? TargetContentHash { get; init; }

    /// <summary>The steps, in order.</summary>
    [Required, ListMap("name"), MinLength(1), MaxLength(16)]
    public ImmutableArray<PlannedStep> Steps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What it may disturb.</summary>
    [Required]
    public BlastRadius BlastRadius { get; init => field = value ?? new(); } = new();
}
