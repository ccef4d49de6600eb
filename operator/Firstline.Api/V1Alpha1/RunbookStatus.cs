using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What the operator makes of a runbook. Written by the runbook controller.</summary>
public sealed record RunbookStatus
{
    /// <summary>The spec's generation that this status is about.</summary>
    [Range(0, long.MaxValue)]
    public long? ObservedGeneration { get; init; }

    /// <summary>Hash of the spec; an approval is for one revision.</summary>
    [MaxLength(64)]
    public string? Revision { get; init; }

    /// <summary>The revision that a human approved last; another one is held at mode Suggest.</summary>
    [MaxLength(64)]
    public string? ApprovedRevision { get; init; }

    /// <summary>The approval that was given while nothing checked who gives it; it does not count, and the same one does once it was taken away. Left out while there is none.</summary>
    [MaxLength(64)]
    public string? UnverifiedApproval { get; init; }

    /// <summary>What the operator may do with it now: the strictest of the runbook's mode, the policy's and the approval of its revision.</summary>
    public OperatingMode? EffectiveMode { get; init; }

    /// <summary>Why the mode is what it is and what to type to change it, in one or two sentences.</summary>
    [MaxLength(1024)]
    public string? NextStep { get; init; }

    /// <summary>Why an approved revision has to be approved again; left out while too few runs failed.</summary>
    public RunbookDemotion? Demotion { get; init; }

    /// <summary>How often it was executed; an execution counts once it has ended.</summary>
    [Range(0, int.MaxValue)]
    public int? Runs { get; init; }

    /// <summary>Executions that were verified to have helped, of all, such as 3/4.</summary>
    [MaxLength(32)]
    public string? Success { get; init; }

    /// <summary>When it was executed last.</summary>
    public DateTimeOffset? LastRunTime { get; init; }

    /// <summary>Valid: whether the runbook can be used, and if not, why.</summary>
    [ListMap("type"), MaxLength(16)]
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];
}
