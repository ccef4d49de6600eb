using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>How to tell that a remediation helped.</summary>
public sealed record VerificationSpec
{
    /// <summary>The target must be healthy: a workload fully available without new restarts, a ConfigMap with its declared content, a CronJob without a failed Job.</summary>
    [DefaultValue(true)]
    public bool? TargetHealthy { get; init; }

    /// <summary>How long it must stay healthy without a break.</summary>
    [DefaultValue("30s")]
    public Duration? StableFor { get; init; }

    /// <summary>Every signal of the incident must have resolved.</summary>
    [DefaultValue(true)]
    public bool? SignalResolved { get; init; }

    /// <summary>Queries of Prometheus whose answers must lie within bounds; an answer that does not come makes the result Inconclusive.</summary>
    [ListMap("name"), MaxLength(4)]
    public ImmutableArray<MetricCheck> Metrics { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Probes over HTTP that must be answered as they say; an answer that does not come makes the result Inconclusive.</summary>
    [ListMap("name"), MaxLength(4)]
    public ImmutableArray<ProbeCheck> Probes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Jobs that must begin after the change and succeed; one that has not ended makes the result Inconclusive.</summary>
    [ListMap("name"), MaxLength(4)]
    public ImmutableArray<JobCheck> Jobs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How long to wait for that; afterwards the outcome is Unchanged, Worse or Inconclusive.</summary>
    [DefaultValue("5m")]
    public Duration? Timeout { get; init; }
}
