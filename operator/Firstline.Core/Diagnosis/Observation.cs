using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>One thing observed, before it gets its id.</summary>
/// <param name="Topic">What it is about, slash-separated, such as container/web-1/app.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Source">Object and field.</param>
/// <param name="Time">When what it shows happened.</param>
/// <param name="Excerpt">What was read.</param>
internal sealed record Observation(string Topic, EvidenceKind Kind, string Source, DateTimeOffset Time, string Excerpt)
{
    /// <summary>The object that it was read of; null for none.</summary>
    public TargetRef? Of { get; init; }

    /// <summary>That object's resourceVersion where the reader knows it, and not the caches.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Which lines of a log; null for all else.</summary>
    public LogPosition? Log { get; init; }

    /// <summary>The query of a metric; null for all else.</summary>
    public string? Query { get; init; }

    /// <summary>When the span that <see cref="Time"/> ends began; null for a moment.</summary>
    public DateTimeOffset? Since { get; init; }
}
