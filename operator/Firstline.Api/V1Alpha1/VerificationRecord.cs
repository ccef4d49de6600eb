using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Firstline.Api.Schema;

namespace Firstline.Api.V1Alpha1;

/// <summary>Whether a remediation helped, and how that was judged.</summary>
public sealed record VerificationRecord
{
    /// <summary>The judgement.</summary>
    public VerificationResult Result { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Since when all checks have held; left out while one does not.</summary>
    public DateTimeOffset? HealthySince { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What a human said when it was Inconclusive; left out until then.</summary>
    public HumanAnswer? Answer { get; init; }

    /// <summary>Ready pods of the target right before the first change, to tell worse from unchanged.</summary>
    [Range(0, int.MaxValue)]
    public int? ReadyPodsBefore { get; init; }

    /// <summary>The checks, each as last judged.</summary>
    [ListMap("name"), MaxLength(16)]
    public ImmutableArray<CheckRecord> Checks { get; init => field = value.IsDefault ? [] : value; } = [];
}
