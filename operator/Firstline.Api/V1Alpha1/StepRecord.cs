using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>A step as it was carried out.</summary>
public sealed record StepRecord
{
    /// <summary>Name of the step.</summary>
    [Required, MaxLength(63)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>How far it is.</summary>
    public StepState State { get; init; }

    /// <summary>When the intent was recorded.</summary>
    public DateTimeOffset? IntendedAt { get; init; }

    /// <summary>When the API server accepted it.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>When its inverse was accepted.</summary>
    public DateTimeOffset? RolledBackAt { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    [MaxLength(1024)]
    public string? Message { get; init; }
}
