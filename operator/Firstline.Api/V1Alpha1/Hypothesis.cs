using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>A possible cause. Never a fact.</summary>
public sealed record Hypothesis
{
    /// <summary>Short id within the incident, such as H1, the likeliest of the rules; M1 is of a model.</summary>
    [Required, MaxLength(16)]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Cause label from the taxonomy in the docs, such as BadRollout or OOMKilled.</summary>
    [Required, MaxLength(63)]
    public string Cause { get; init => field = value ?? ""; } = "";

    /// <summary>What may be the cause, in one sentence that names objects and numbers.</summary>
    [Required, MaxLength(1024)]
    public string Statement { get; init => field = value ?? ""; } = "";

    /// <summary>How likely it is judged to be, in percent.</summary>
    [Range(0, 100)]
    public int ConfidencePercent { get; init; }

    /// <summary>The object at fault, which need not be the incident's target.</summary>
    public TargetRef? Resource { get; init; }

    /// <summary>What it is due to when that troubles others as well and is not the object at fault itself, such as a ConfigMap that is missing or a ResourceQuota that is used up; left out otherwise.</summary>
    public TargetRef? DueTo { get; init; }

    /// <summary>Ids of the evidence that speaks for it; at least one.</summary>
    [Required, MinLength(1), MaxLength(32), ItemBounds(16, MinLength = 1)]
    public ImmutableArray<string> EvidenceFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Ids of the evidence that speaks against it.</summary>
    [MaxLength(32), ItemBounds(16, MinLength = 1)]
    public ImmutableArray<string> EvidenceAgainst { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What will be seen if it is so, or after its remedy.</summary>
    [MaxLength(512)]
    public string? Prediction { get; init; }

    /// <summary>What would refute it.</summary>
    [MaxLength(512)]
    public string? Refutation { get; init; }

    /// <summary>What a human would do next to confirm or refute it, usually a command.</summary>
    [MaxLength(1024)]
    public string? NextStep { get; init; }

    /// <summary>Who said so: rule/ and the name of a rule, or model/, the name of a model, and the version of its instructions. Whatever the operator decides rests on rules alone.</summary>
    [MaxLength(128)]
    public string Origin { get; init => field = value ?? ""; } = "";
}
