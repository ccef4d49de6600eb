using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>Whose runbooks may verify by metrics. Queries are free text, and are asked with all that the operator may read of Prometheus.</summary>
public sealed record MetricRules
{
    /// <summary>Namespaces, beside the operator's own, whose Runbooks may ask Prometheus. Who may write a Runbook there reads every tenant's numbers.</summary>
    [ListSet, MaxLength(256), ItemBounds(63, MinLength = 1)]
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];
}
