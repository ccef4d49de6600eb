using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>What Argo CD or Flux declares was changed by hand.</summary>
/// <remarks>Basis 75: it is what differs from Git, and whatever shows how the object fails explains more.</remarks>
internal sealed class OutsideGitOpsRule : IHypothesisRule
{
    public string Name => "OutsideGitOps";

    public Expectation Expects(string cause) => new(
        "Once what Git declares is applied again, the difference and what came with it are gone.",
        "The field has the same value in Git, or the trouble was there before it was changed.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
        @case.Input.Signals.FirstOrDefault(static s => s.Name == "OutsideGitOps") is { } signal && OutsideGitOpsDetector.ByHand(@case.Situation) is var (_, owner)
            ?
            [
                Drafts.Of(
                    @case, Causes.ChangedOutsideGitOps, @case.Subject, 75, $"{@case.Subject} is not what Git declares: {signal.Summary}",
                    $"kubectl get {@case.KubectlName} -o yaml --show-managed-fields; then put the change into Git, or let {owner} take it back", "workload"),
            ]
            : [];
}
