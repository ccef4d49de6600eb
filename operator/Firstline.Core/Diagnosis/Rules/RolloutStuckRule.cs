using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A rollout does not progress: what is left when no container tells why.</summary>
/// <remarks>Basis 50. +10 no container of the new pods is in trouble that tells more.</remarks>
internal sealed class RolloutStuckRule : IHypothesisRule
{
    public string Name => "RolloutStuck";

    public Expectation Expects(string cause) => new(
        "The new pods never get ready; they name what holds them once one of them is looked at.",
        "The number of updated and ready pods still grows.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
        @case.Situation.Workload is not { } workload || !workload.Conditions.Any(static c => c is { Type: "Progressing", Status: ConditionStatus.False })
            ? []
            :
            [
                new()
                {
                    Cause = Causes.RolloutStuck,
                    Statement = string.Create(
                        CultureInfo.InvariantCulture,
                        $"the rollout of {@case.Subject} stands still: {workload.UpdatedPods} of {workload.DesiredPods} pods updated, {workload.AvailablePods} available"),
                    Resource = @case.Subject,
                    Confidence = Confidence.Of(50, (@case.Failures.IsEmpty, 10)),
                    For = @case.Evidence.Cite("workload", "event/FailedCreate"),
                    NextStep = $"kubectl rollout status {@case.KubectlName}, then kubectl describe {@case.KubectlName}",
                },
            ];
}
