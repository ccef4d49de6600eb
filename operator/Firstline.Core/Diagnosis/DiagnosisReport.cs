using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>The outcome of a diagnosis; every statement in it is a hypothesis.</summary>
public sealed record DiagnosisReport
{
    /// <summary>Category from the taxonomy.</summary>
    public required string Category { get; init; }

    /// <summary>Suggested severity.</summary>
    public required Severity SuggestedSeverity { get; init; }

    /// <summary>Why that severity, in one sentence with numbers.</summary>
    public required string SeverityReason { get; init; }

    /// <summary>What was observed; each hypothesis cites ids from here and nothing else.</summary>
    public required ImmutableArray<EvidenceItem> Evidence { get; init; }

    /// <summary>The highest number of an evidence id ever given out in this incident.</summary>
    public required int LastEvidenceNumber { get; init; }

    /// <summary>Possible causes, the likeliest first; empty when no rule matched.</summary>
    public required ImmutableArray<Hypothesis> Hypotheses { get; init; }

    /// <summary>Recent changes, the most suspicious first.</summary>
    public required ImmutableArray<ChangeRecord> Changes { get; init; }

    /// <summary>The first page.</summary>
    public required Triage Triage { get; init; }
}
