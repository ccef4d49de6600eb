using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A NetworkPolicy keeps a declared caller from the subject.</summary>
/// <remarks>Basis 90: the policy and the declaration contradict each other, whichever of them is right.</remarks>
internal sealed class CallerCutOffRule : IHypothesisRule
{
    public string Name => "CallerCutOff";

    public Expectation Expects(string cause) => new(
        "Once a policy lets the caller in and out, it reaches the workload without a restart.", "The caller reaches the workload while the policy is as it is.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) => @case.Situation.Workload is not { } called ? [] :
    [
        .. CallerCutOffDetector.Cut(called, @case.Situation.Around).Take(1).Select(cut => Drafts.Of(
            @case, Causes.NetworkPolicyDeny, cut.By.Ref, 90,
            $"NetworkPolicy {cut.By.Ref.Name} does not let {cut.Caller.Ref} call {@case.Subject}, of which it is a declared caller",
            $"kubectl describe networkpolicy {cut.By.Ref.Name}{@case.NamespaceFlag}")),
    ];
}
