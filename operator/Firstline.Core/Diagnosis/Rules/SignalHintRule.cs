using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A signal from outside points to a cause that the objects themselves do not show: a process that hangs with no probe to tell, say.</summary>
/// <remarks>Basis 50. +20 the target exists and its objects show no trouble at all, -15 the objects show other trouble.</remarks>
internal sealed class SignalHintRule : IHypothesisRule
{
    public string Name => "SignalHint";

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. from signal in @case.Input.Signals
           where signal.State == Api.V1Alpha1.SignalState.Firing && Causes.IsLabel(signal.CauseHint)
           group signal by signal.CauseHint into hint
           orderby hint.Key
           let names = hint.Select(static s => s.Name).Distinct().Order(StringComparer.Ordinal).ToImmutableArray()
           select new HypothesisDraft
           {
               Cause = hint.Key!,
               Category = hint.Select(static s => s.Category).FirstOrDefault(static c => c is not null),
               Statement = $"{string.Join(", ", names.Take(3))} on {@case.Subject} points to {hint.Key}: {hint.First().Summary}",
               Resource = @case.Subject,
               Confidence = Confidence.Of(50, (@case.Situation.Exists && @case.Failures.IsEmpty, 20), (!@case.Failures.IsEmpty, -15)),
               For = @case.Evidence.Cite(names.Select(static n => $"signal/{n}")),
               NextStep = $"kubectl describe {@case.KubectlName}",
           },
    ];
}
