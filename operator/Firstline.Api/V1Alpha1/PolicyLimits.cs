using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>Limits on all remediations.</summary>
public sealed record PolicyLimits
{
    /// <summary>Most ready pods of a target that may be disrupted at once, in percent, rounded down.</summary>
    [Range(0, 100), DefaultValue(34)]
    public int? MaxDisruptedPercent { get; init; }

    /// <summary>Most ready pods that may be disrupted at once.</summary>
    [Range(0, 10000), DefaultValue(10)]
    public int? MaxDisruptedPods { get; init; }

    /// <summary>Most remediations that may be executing or under verification at once in the cluster.</summary>
    [Range(0, 100), DefaultValue(3)]
    public int? MaxConcurrent { get; init; }

    /// <summary>Least time between two remediations of the same target.</summary>
    [DefaultValue("15m")]
    public Duration? Cooldown { get; init; }

    /// <summary>Most remediations within an hour in the cluster.</summary>
    [Range(0, 1000), DefaultValue(20)]
    public int? MaxPerHour { get; init; }

    /// <summary>What all runbooks together may touch within an hour.</summary>
    public ChangeBudget Budget { get; init => field = value ?? new(); } = new();

    /// <summary>Most open incidents, those apart that another one deals with: above it nothing is changed, since so many have one cause that no runbook knows.</summary>
    [Range(1, 10000), DefaultValue(50)]
    public int? MaxOpenIncidents { get; init; }

    /// <summary>Runs of a runbook revision within <see cref="FailureWindow"/> that did not help, after which it only suggests until a human approves it again.</summary>
    [Range(1, 100), DefaultValue(3)]
    public int? MaxFailures { get; init; }

    /// <summary>How far back failures count.</summary>
    [DefaultValue("24h")]
    public Duration? FailureWindow { get; init; }

    /// <summary>Most of a runbook revision's runs of the last day that may have failed, in percent, for another one by itself.</summary>
    [Range(0, 100), DefaultValue(25)]
    public int? MaxFailedPercent { get; init; }
}
