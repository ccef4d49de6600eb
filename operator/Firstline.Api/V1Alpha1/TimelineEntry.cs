using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>One thing that happened.</summary>
public sealed record TimelineEntry
{
    /// <summary>Id within the incident; the same happening has the same id, so that writing it twice is writing it once.</summary>
    [Required, MaxLength(128)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>What happened, in one CamelCase word.</summary>
    [MaxLength(64)]
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>What happened, in one sentence.</summary>
    [MaxLength(1024)]
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>Who did or saw it: the field manager of a controller, or a user name.</summary>
    [MaxLength(253)]
    public string By { get; init => field = value ?? ""; } = "";
}
