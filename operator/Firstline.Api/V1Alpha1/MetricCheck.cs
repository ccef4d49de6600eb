using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>A query of Prometheus whose answer has to lie within bounds.</summary>
public sealed record MetricCheck
{
    /// <summary>Name, unique among the checks of its kind.</summary>
    [Required, MinLength(1), MaxLength(40), RegularExpression("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>PromQL that gives numbers, each of which has to lie within the bounds; <c>{namespace}</c> and <c>{name}</c> stand for those of the target.</summary>
    [Required, MinLength(1), MaxLength(4096)]
    public string Query { get; init => field = value ?? ""; } = "";

    /// <summary>The least that is well, such as "0.99"; at least one bound is given.</summary>
    [MaxLength(32), RegularExpression(@"^-?[0-9]+(\.[0-9]+)?$")]
    public string? Min { get; init; }

    /// <summary>The most that is well, such as "0.01"; at least one bound is given.</summary>
    [MaxLength(32), RegularExpression(@"^-?[0-9]+(\.[0-9]+)?$")]
    public string? Max { get; init; }
}
