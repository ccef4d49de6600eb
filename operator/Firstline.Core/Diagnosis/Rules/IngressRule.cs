using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>The class, a backend or the TLS Secret of an Ingress does not exist.</summary>
/// <remarks>Basis 90. A missing Secret has a label of its own beside that of Ingresses, 5 points apart.</remarks>
internal sealed class IngressRule : IHypothesisRule
{
    public string Name => "Ingress";

    public Expectation Expects(string cause) => new(
        "Once the object that it names exists, requests through it are answered.",
        "The object exists under that name, or requests through it are answered now.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. @case.Situation.Ingress is not { } ingress ? [] :
            from fault in IngressBrokenDetector.Faults(ingress, @case.Situation.Around)
            from cause in fault.Cause == Causes.IngressTlsSecretMissing ? [Causes.MissingSecret, Causes.IngressTlsSecretMissing] : ImmutableArray.Create(fault.Cause)
            select Drafts.Of(
                @case, cause, ingress.Ref, cause == Causes.IngressTlsSecretMissing ? 85 : 90, $"Ingress {ingress.Ref.Name}: {fault.What}", $"kubectl describe ingress {ingress.Ref.Name}{@case.NamespaceFlag}") with
            {
                Category = "ingress",
            },
    ];
}
