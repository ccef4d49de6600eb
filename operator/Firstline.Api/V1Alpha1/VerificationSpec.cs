using System.ComponentModel;
using Firstline.Api.Meta;

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

    /// <summary>How long to wait for that; afterwards the outcome is Unchanged, Worse or Inconclusive.</summary>
    [DefaultValue("5m")]
    public Duration? Timeout { get; init; }
}
