using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>One typed step.</summary>
public sealed record RunbookStep
{
    /// <summary>Name, unique in the runbook.</summary>
    [Required, MinLength(1), MaxLength(63), RegularExpression("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Action from the catalogue; the docs list each with its parameters.</summary>
    [Required, ActionName, MaxLength(63)]
    public string Action { get; init => field = value ?? ""; } = "";

    /// <summary>What to do when this step fails; left out: what the runbook's own onFailure says.</summary>
    public StepFailureAction? OnFailure { get; init; }

    /// <summary>The action's parameters, as strings.</summary>
    [MaxLength(32), ItemBounds(2048)]
    public ImmutableSortedDictionary<string, string> With { get; init => field = value ?? ImmutableSortedDictionary<string, string>.Empty; } =
        ImmutableSortedDictionary<string, string>.Empty;
}
