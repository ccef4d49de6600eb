using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>What a diagnosis rests on.</summary>
/// <param name="Spec">What was reported.</param>
/// <param name="Signals">The signals behind it.</param>
/// <param name="Situation">The target, with events and logs.</param>
/// <param name="Now">The time to judge at.</param>
public sealed record DiagnosisInput(IncidentSpec Spec, ImmutableArray<SignalRecord> Signals, Situation Situation, DateTimeOffset Now)
{
    /// <summary>The evidence of earlier diagnoses of the same incident, whose ids stay as they are.</summary>
    public KnownEvidence Known { get; init; } = KnownEvidence.None;

    /// <summary>Earlier incidents of the same target, the newest first.</summary>
    public ImmutableArray<PastIncident> Past { get; init; } = [];

    /// <summary>Where a human looks at the target's numbers; null for nowhere that is known.</summary>
    public DashboardLink? Dashboard { get; init; }

    /// <summary>What is taken out of evidence and of what is said of it.</summary>
    public EvidenceRedaction Redaction { get; init; } = EvidenceRedaction.Default;
}
