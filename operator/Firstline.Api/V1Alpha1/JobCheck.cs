using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>A Job in the target's namespace that has to begin after the change and to succeed; either its own name is given or that of its CronJob.</summary>
public sealed record JobCheck
{
    /// <summary>Name, unique among the checks of its kind.</summary>
    [Required, MinLength(1), MaxLength(40), RegularExpression("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the Job.</summary>
    [MinLength(1), MaxLength(253)]
    public string? Job { get; init; }

    /// <summary>Name of the CronJob whose newest Job counts.</summary>
    [MinLength(1), MaxLength(253)]
    public string? CronJob { get; init; }
}
