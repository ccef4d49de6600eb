using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>All that a rule judges: the input, and what was worked out from it once for all rules.</summary>
/// <param name="Input">The input.</param>
/// <param name="Failures">Containers in trouble.</param>
/// <param name="Scored">Recent changes with their scores, the most suspicious first.</param>
/// <param name="Onset">When the trouble began, as far as objects and signals tell.</param>
/// <param name="Evidence">What was observed; rules cite from it.</param>
internal sealed record DiagnosisCase(
    DiagnosisInput Input, ImmutableArray<FailingContainer> Failures, ImmutableArray<ScoredChange> Scored, DateTimeOffset Onset, EvidenceBook Evidence)
{
    /// <summary>The target, with events and logs.</summary>
    public Situation Situation => Input.Situation;

    /// <summary>The target.</summary>
    public TargetRef Subject => Input.Situation.Subject;

    /// <summary>Recent changes, the most suspicious first.</summary>
    public ImmutableArray<Change> Changes { get; } = [.. Scored.Select(static s => s.Change)];

    /// <summary>The subject's newest rollout; null when there is none to compare with an older revision.</summary>
    public Change? Rollout => Changes.FirstOrDefault(static c => c is { IsRollout: true, Relation: ChangeRelation.Self, IsOlder: false });

    /// <summary><c>-n namespace</c> for a command; empty for objects of the cluster.</summary>
    public string NamespaceFlag => Subject.Namespace is { } ns ? $" -n {ns}" : "";

    /// <summary>The subject as kubectl names it: <c>deployment/web -n shop</c>.</summary>
    public string KubectlName => $"{Subject.Kind.ToLowerInvariant()}/{Subject.Name}{NamespaceFlag}";

    /// <summary>Failing containers whose trouble shows in one of these ways.</summary>
    public ImmutableArray<FailingContainer> FailuresBy(params ReadOnlySpan<FailureSign> signs)
    {
        ImmutableArray<FailingContainer>.Builder found = ImmutableArray.CreateBuilder<FailingContainer>();
        foreach (FailingContainer failure in Failures)
        {
            if (signs.Contains(failure.Sign))
            {
                found.Add(failure);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Works out what the rules judge.</summary>
    public static DiagnosisCase Of(DiagnosisInput given)
    {
        DiagnosisInput input = given with { Situation = given.Redaction.Of(given.Situation) };
        ImmutableArray<FailingContainer> failures = FailureFinder.Find(input.Situation);
        DateTimeOffset onset = OnsetOf(input, failures);
        Dependencies dependencies = new(input.Situation);
        ImmutableArray<ScoredChange> changes = ChangeFinder.Find(input.Situation, dependencies, failures, onset, input.Now);
        return new(input, failures, changes, onset, EvidenceCollector.Collect(input, dependencies, failures, [.. changes.Select(static c => c.Change)]));
    }

    // A crash-looping pod without a readiness probe turns ready at every start: the first signal remembers better when it began.
    private static DateTimeOffset OnsetOf(DiagnosisInput input, ImmutableArray<FailingContainer> failures) =>
        failures.Select(static f => f.Pod.Condition("Ready")?.Since ?? f.Pod.CreatedAt)
            .Concat(input.Signals.Select(static s => s.FirstSeen))
            .DefaultIfEmpty(input.Now)
            .Min();
}
