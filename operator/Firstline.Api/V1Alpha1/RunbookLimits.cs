using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>Limits of a runbook; the stricter of these and the policy's hold.</summary>
public sealed record RunbookLimits
{
    /// <summary>Most ready pods of the target that may be disrupted at once, in percent, rounded down.</summary>
    [Range(0, 100)]
    public int? MaxDisruptedPercent { get; init; }

    /// <summary>Most ready pods that may be disrupted at once.</summary>
    [Range(0, 10000)]
    public int? MaxDisruptedPods { get; init; }

    /// <summary>Least time between two remediations of the same target.</summary>
    public Duration? Cooldown { get; init; }

    /// <summary>Most executions of this runbook within an hour.</summary>
    [Range(0, 1000)]
    public int? MaxPerHour { get; init; }
}
