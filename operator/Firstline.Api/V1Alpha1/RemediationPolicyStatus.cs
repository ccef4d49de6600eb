using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Meta;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>What the operator makes of the policy. Written by the policy controller.</summary>
public sealed record RemediationPolicyStatus
{
    /// <summary>The spec's generation that this status is about.</summary>
    [Range(0, long.MaxValue)]
    public long? ObservedGeneration { get; init; }

    /// <summary>Valid: whether all that the policy names is known to the operator, and if not, what is not.</summary>
    [ListMap("type"), MaxLength(16)]
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];
}
