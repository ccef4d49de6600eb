using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>An object that was deleted is held by a finalizer, or its node is gone.</summary>
/// <remarks>Basis 90 with a finalizer, 75 without.</remarks>
internal sealed class DeletionRule : IHypothesisRule
{
    public string Name => "Deletion";

    public Expectation Expects(string cause) => new(
        "It goes as soon as the controller of its finalizer removes that, or its node answers again.",
        "It holds no finalizer and its node answers, and it stays all the same.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        PodFacts? leaving = @case.Situation.Pods.FirstOrDefault(static p => p.DeletionAt is not null);
        if (@case.Situation.Deletion is null && (leaving is null || !@case.Input.Signals.Any(static s => s.Name == "StuckTerminating")))
        {
            return [];
        }

        return [Drafts.Of(@case, Causes.FinalizerStuck, @case.Subject, Held(@case).Length > 0 ? 90 : 75, $"{@case.Subject} was deleted and stays Terminating{Why(@case, leaving)}", $"kubectl get {@case.KubectlName} -o yaml, and look after the controller that is to remove its finalizers", "event")];
    }

    private static string Why(DiagnosisCase @case, PodFacts? leaving) =>
        Held(@case) is { Length: > 0 } held ? $": {held}"
        : leaving is not null ? $": pod {leaving.Ref.Name} does not go (a finalizer holds it, or its node is gone)"
        : ": a finalizer holds what is in it";

    // A namespace tells by conditions what in it is held.
    private static string Held(DiagnosisCase @case)
    {
        ImmutableArray<string> finalizers = @case.Situation.Deletion?.Finalizers ?? [];
        IEnumerable<string> said = @case.Situation.Conditions.Where(static c => c.Status == ConditionStatus.True && c.Message.Length > 0).Select(static c => c.Message);
        return string.Join("; ", finalizers.Select(static f => $"finalizer {f} is not removed").Concat(said));
    }
}
