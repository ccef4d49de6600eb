using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;

namespace Firstline.Api.V1Alpha1;

/// <summary>One step of a plan.</summary>
public sealed record PlannedStep
{
    /// <summary>Name from the runbook.</summary>
    [Required, MinLength(1), MaxLength(63)]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Action from the catalogue.</summary>
    [Required, MaxLength(63)]
    public string Action { get; init => field = value ?? ""; } = "";

    /// <summary>What it does, in one sentence with the values before and after.</summary>
    [Required, MaxLength(1024)]
    public string Summary { get; init => field = value ?? ""; } = "";

    /// <summary>The changes, in order.</summary>
    [MinLength(1), MaxLength(16)]
    public ImmutableArray<Mutation> Forward { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The changes that undo them, in order; empty when the step can't be undone.</summary>
    [MaxLength(16)]
    public ImmutableArray<Mutation> Inverse { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What to do when it fails, from the runbook; left out: what the request's own onFailure says.</summary>
    public StepFailureAction? OnFailure { get; init; }

    /// <summary>How long it may take from its intent on, where it takes more than one request: evictions that wait for a budget, a Job that runs. Left out for a step that is done at once.</summary>
    public Duration? Timeout { get; init; }

    /// <summary>What is lost for good, in one sentence; left out when the step can be undone or when there is nothing to undo.</summary>
    [MaxLength(1024)]
    public string? Irreversible { get; init; }
}
