using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A signal from outside points to a cause that the objects themselves do not show: a process that hangs with no probe to tell, say.</summary>
/// <remarks>Basis 50. +20 the target exists and its objects show no trouble at all, -15 the objects show other trouble, -25 they speak against that very cause.</remarks>
internal sealed class SignalHintRule : IHypothesisRule
{
    public string Name => "SignalHint";

    public Expectation Expects(string cause) => new(
        "What the signal reports ends once this cause is dealt with, and only then.",
        "The objects, logs and numbers that the signal is about show nothing of it.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. from signal in @case.Input.Signals
           where signal.State == Api.V1Alpha1.SignalState.Firing && Causes.IsLabel(signal.CauseHint)
           group signal by signal.CauseHint into hint
           orderby hint.Key
           let objections = Objections(@case, hint.Key!)
           let names = hint.Select(static s => s.Name).Distinct().Order(StringComparer.Ordinal).ToImmutableArray()
           select new HypothesisDraft
           {
               Cause = hint.Key!,
               Category = hint.Select(static s => s.Category).FirstOrDefault(static c => c is not null),
               Statement = $"{string.Join(", ", names.Take(3))} on {@case.Subject} points to {hint.Key}: {hint.First().Summary}",
               Resource = @case.Subject,
               Confidence = Confidence.Of(50, objections, (@case.Situation.Exists && @case.Failures.IsEmpty, 20)),
               Objections = objections,
               For = @case.Evidence.Cite(names.Select(static n => $"signal/{n}")),
               NextStep = $"kubectl describe {@case.KubectlName}",
           },
    ];

    private static ImmutableArray<Objection> Objections(DiagnosisCase @case, string cause) =>
    [
        .. @case.Failures.IsEmpty ? Array.Empty<Objection>() : [new(15, "its objects show other trouble", [.. @case.Failures.Select(static f => f.Topic)])],
        .. RuledOutChecks.Against(@case, cause) is { } against ? [against] : Array.Empty<Objection>(),
    ];
}
