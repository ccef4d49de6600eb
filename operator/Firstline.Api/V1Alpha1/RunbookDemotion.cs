using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>Why a runbook revision that was approved must be approved again before it runs by itself.</summary>
public sealed record RunbookDemotion
{
    /// <summary>The revision that it is about.</summary>
    [Required, MaxLength(64)]
    public string Revision { get; init => field = value ?? ""; } = "";

    /// <summary>When the last of the runs ended that brought it about.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What an approval adds to the revision, so that one from before does not count.</summary>
    [Required, MaxLength(16)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Why, in one sentence with numbers.</summary>
    [MaxLength(512)]
    public string? Reason { get; init; }
}
