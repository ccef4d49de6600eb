using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>One observation. Text from the cluster is data here, never instruction.</summary>
public sealed record EvidenceItem
{
    /// <summary>Short id within the incident, such as E3; it stands for the same kind and source for as long as the incident lives. T2-1 is what a model looked up for its second question.</summary>
    [Required, MaxLength(16)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Where it comes from.</summary>
    public EvidenceKind Kind { get; init; }

    /// <summary>Object and field it was read from, such as Pod/web-7c9-x status.containerStatuses[app].</summary>
    [MaxLength(512)]
    public string Source { get; init => field = value ?? ""; } = "";

    /// <summary>resourceVersion of that object as it was read; left out for what is read of no object, and of one that was not the cluster's newest any more.</summary>
    [MaxLength(128)]
    public string? ResourceVersion { get; init; }

    /// <summary>Which lines of which log; left out for all that is no log.</summary>
    public LogPosition? Log { get; init; }

    /// <summary>The query that gave it, of a number from Prometheus; left out for all else.</summary>
    [MaxLength(1024)]
    public string? Query { get; init; }

    /// <summary>When the span of time began that it is about and that Time ends, as the window of a query; left out for what is of one moment.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When what it shows happened.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What was read, shortened and with secrets removed.</summary>
    [MaxLength(2048)]
    public string Excerpt { get; init => field = value ?? ""; } = "";

    /// <summary>SHA-256 of the excerpt as it stands here, in UTF-8: 64 hexadecimal digits; left out of what was kept before there was one.</summary>
    [MaxLength(64)]
    public string? Sha256 { get; init; }

    /// <summary>In how many places something was taken out of what was read: secrets, personal data, what the operator was told to; left out for none.</summary>
    [Range(1, int.MaxValue)]
    public int? Redactions { get; init; }
}
