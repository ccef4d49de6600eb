using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What the API server answered when it was asked to try the changes of a plan and to store none of them (dryRun=All). A human who approves sees it first.</summary>
public sealed record PlanPreview
{
    /// <summary>When it was tried.</summary>
    [Required]
    public DateTimeOffset At { get; init; }

    /// <summary>Field by field what would be another one, with the value before and after, secrets taken out.</summary>
    [MaxLength(40), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the API server would refuse, or would not let go yet, in its own words; left out when it would take everything that was tried.</summary>
    [MaxLength(1024)]
    public string? Refusal { get; init; }

    /// <summary>What could not be tried, and why; left out when everything was.</summary>
    [MaxLength(1024)]
    public string? NotTried { get; init; }
}
