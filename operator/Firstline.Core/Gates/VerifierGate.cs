using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed to a plan whose declared checks can't be asked as the operator is configured: nobody could tell whether the change helped.</summary>
public sealed class VerifierGate : IGate
{
    /// <inheritdoc/>
    public string Name => "Verifier";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now) => VerifierFacts.WhyUnable(input.Request.Spec.Verification, input.Verifiers) is { } why
        ? this.Closed(GateReasons.VerifierMissing, why)
        : this.Open("what it is verified by is configured");
}
