using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Verification;

namespace Firstline.Core.Lifecycle;

/// <summary>What to do next, and the gates that were judged for it.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Verdicts">The verdict of each gate, in order; empty when none was judged, and then those on the object stay.</param>
public sealed record RemediationDecision(NextStep Step, ImmutableArray<GateVerdict> Verdicts)
{
    /// <summary>The look that decided the verification, recorded in one write with the step that follows from it; null when none did.</summary>
    public VerificationLook? Decisive { get; init; }

    /// <summary>The look that decided the verification of a rollback, recorded in one write with the end that follows from it; null when none did.</summary>
    public VerificationLook? DecisiveRollback { get; init; }
}
