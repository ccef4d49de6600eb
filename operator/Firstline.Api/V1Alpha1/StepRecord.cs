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

    /// <summary>When the intent was recorded: that of the change, or later that of its inverse.</summary>
    public DateTimeOffset? IntendedAt { get; init; }

    /// <summary>When a part of a step that takes several requests was first known to be done; left out for one that is done at once.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it failed; left out otherwise.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When the API server accepted it.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>When its inverse was accepted.</summary>
    public DateTimeOffset? RolledBackAt { get; init; }

    /// <summary>metadata.generation of the changed object right after the change; another one later means that somebody else changed it. Left out where the kind has none.</summary>
    [Range(0, long.MaxValue)]
    public long? Generation { get; init; }

    /// <summary>Hash of the changed object's content right after the change: for kinds without a generation, and of the spec without replicas for those that are scaled.</summary>
    [MaxLength(64)]
    public string? ContentHash { get; init; }

    /// <summary>Why it failed, in one CamelCase word; left out otherwise.</summary>
    [MaxLength(63)]
    public string? Reason { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    [MaxLength(1024)]
    public string? Message { get; init; }

    /// <summary>What it put out: the end of a Job's log, redacted. Left out for a step that puts out nothing.</summary>
    [MaxLength(4096)]
    public string? Output { get; init; }
}
