namespace Firstline.Api.V1Alpha1;

/// <summary>The moments that durations are measured between; each set once, by the controller of that stage.</summary>
public sealed record IncidentClocks
{
    /// <summary>When the trouble began, as far as the signal knows.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the operator noticed.</summary>
    public DateTimeOffset? DetectedAt { get; init; }

    /// <summary>When hypotheses were ready.</summary>
    public DateTimeOffset? DiagnosedAt { get; init; }

    /// <summary>When the first plan was ready.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>When the last change that helped was made.</summary>
    public DateTimeOffset? ExecutedAt { get; init; }

    /// <summary>When it was handed to humans.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When it was verified to be over.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
}
