using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Detection;

/// <summary>What a signal says now: the form in which findings and alerts reach an incident.</summary>
public sealed record SignalNews
{
    /// <summary>Identity of the signal at its source.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Who sent it.</summary>
    public required IncidentSource Source { get; init; }

    /// <summary>Name of the detector or alert.</summary>
    public required string Name { get; init; }

    /// <summary>What it says, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Since when the trouble exists.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ended; null while it fires.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Cause that it points to; null when it points to none.</summary>
    public string? CauseHint { get; init; }

    /// <summary>Category that a rule of the users gives it; null for that of the cause.</summary>
    public string? Category { get; init; }

    /// <summary>True while it fires.</summary>
    public bool IsFiring => ResolvedAt is null;
}
