using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>Which incidents a runbook is for: all the stated conditions must hold.</summary>
public sealed record RunbookMatch
{
    /// <summary>Causes from the taxonomy, such as BadRollout; the incident's best hypothesis must name one of them.</summary>
    [Required, ListSet, MinLength(1), MaxLength(32), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Causes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Kinds of target, such as Deployment; empty for any kind that the steps' actions support.</summary>
    [ListSet, MaxLength(16), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Kinds { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Labels that the target must carry; empty for any.</summary>
    [MaxLength(16), ItemBounds(63)]
    public ImmutableSortedDictionary<string, string> Labels { get; init => field = value ?? ImmutableSortedDictionary<string, string>.Empty; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Namespaces that it is for; only a runbook in the operator's own namespace may name others than its own. Empty: its own, or all for one in the operator's namespace.</summary>
    [ListSet, MaxLength(64), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Least confidence of the hypothesis, in percent, to run without approval; below it the level is L2.</summary>
    [Range(0, 100), DefaultValue(70)]
    public int? MinConfidencePercent { get; init; }
}
