using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Firstline.Api.V1Alpha1;

/// <summary>How many different humans have to approve what the rule is for. Of several rules that hold, the one that asks for most counts.</summary>
public sealed record QuorumRule
{
    /// <summary>Severities of the incident, confirmed or suggested, whichever is worse; empty for any. While none is known, every rule holds.</summary>
    [MaxLength(4)]
    public ImmutableArray<Severity> Severities { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Levels: L2 waits for approval in any case, L1 only where a rule names it. Empty for L2.</summary>
    [MaxLength(2)]
    public ImmutableArray<RemediationLevel> Levels { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Different humans that have to approve.</summary>
    [Required, Range(1, 10)]
    public int Approvers { get; init; }
}
