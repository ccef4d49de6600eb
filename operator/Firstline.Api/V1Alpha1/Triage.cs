using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>The first page of an investigation: what suffers and by how much, what changed and what happened lately, what is ruled out, and what is not known.</summary>
public sealed record Triage
{
    /// <summary>What suffers, the worst first, each in one sentence with numbers.</summary>
    [MaxLength(8), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> Degraded { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How requests fare, by metrics: error ratio against that of the day before, and latency.</summary>
    [MaxLength(4), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> Traffic { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Ids of the changes of the last hour, from status.changes.</summary>
    [MaxLength(8), ItemBounds(16, MinLength = 1)]
    public ImmutableArray<string> ChangedLastHour { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Warnings of the cluster about the target and what belongs to it, alike ones as one with their number, the newest first.</summary>
    [MaxLength(8), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> Warnings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Causes that what was observed speaks against, and why.</summary>
    [MaxLength(16)]
    public ImmutableArray<RuledOutCause> RuledOut { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where text of the cluster gives orders to its reader or hides something. It was read as data.</summary>
    [MaxLength(8), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> Suspicious { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was not looked at or could not be, each in one sentence.</summary>
    [MaxLength(8), ItemBounds(512, MinLength = 1)]
    public ImmutableArray<string> Unknown { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where its numbers are shown, from an hour before the trouble began; left out where the operator's configuration names no dashboard.</summary>
    [MaxLength(2048)]
    public string? Dashboard { get; init; }
}
