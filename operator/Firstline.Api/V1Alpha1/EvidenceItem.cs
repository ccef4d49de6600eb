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

    /// <summary>When what it shows happened.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What was read, shortened and with secrets removed.</summary>
    [MaxLength(2048)]
    public string Excerpt { get; init => field = value ?? ""; } = "";

    /// <summary>In how many places something was taken out of what was read: secrets, personal data, what the operator was told to; left out for none.</summary>
    [Range(1, int.MaxValue)]
    public int? Redactions { get; init; }
}
