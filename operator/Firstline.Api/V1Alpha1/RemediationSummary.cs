using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>A RemediationRequest made for the incident.</summary>
public sealed record RemediationSummary
{
    /// <summary>Name of the RemediationRequest, in the incident's namespace.</summary>
    [Required, MaxLength(253)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Name of its Runbook.</summary>
    [MaxLength(253)]
    public string Runbook { get; init => field = value ?? ""; } = "";

    /// <summary>How it ended; left out while it is under way.</summary>
    public RemediationOutcome? Outcome { get; init; }

    /// <summary>When its change was undone; left out while it stands.</summary>
    public DateTimeOffset? UndoneAt { get; init; }
}
