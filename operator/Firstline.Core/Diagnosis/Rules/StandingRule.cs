using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>What objects state by themselves: zero replicas, a suspended or endless Job, a budget that blocks, a held revision, an evicted pod.</summary>
/// <remarks>Basis 88: each is a field of the object.</remarks>
internal sealed class StandingRule : IHypothesisRule
{
    public string Name => "Standing";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.ScaledToZero => new("With one replica or more, pods are made and its Services get endpoints.", "It is meant to stand at zero: nobody calls it."),
        Causes.PdbBlocking => new("Once more pods are healthy, or the budget allows it, evictions and drains go on.", "Its status allows a disruption."),
        Causes.JobSuspended => new("With spec.suspend false it runs.", "Somebody suspended it on purpose, and nobody misses its result."),
        Causes.JobNeverCompletes => new("What runs besides its task, such as a sidecar, goes on after the task ended.", "Its pods still work on the task."),
        Causes.Evicted => new("New pods of it stay on a node without pressure.", "The node was under no pressure when it was evicted."),
        _ => new("Once the old pods are deleted, or its strategy is RollingUpdate, all pods are of the new revision.", "All its pods are of the newest revision."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) => [.. Scaling(@case), .. Jobs(@case), .. Evictions(@case)];

    private static IEnumerable<HypothesisDraft> Scaling(DiagnosisCase @case)
    {
        Situation situation = @case.Situation;
        if (situation is { Workload: { DesiredPods: 0 } workload })
        {
            string services = string.Join(", ", situation.Around.Services.Where(s => s.Selects(workload.Declared.Labels)).Select(static s => s.Ref.Name));
            yield return Drafts.Of(
                @case, Causes.ScaledToZero, @case.Subject, 90,
                $"{@case.Subject} is scaled to zero: it has 0 replicas{(services.Length > 0 ? $", so that Service {services} has no endpoints" : "")}",
                $"kubectl scale {@case.KubectlName} --replicas=1, if it is meant to serve");
        }

        if (situation.Workload is { } held && RevisionHeldDetector.IsHeld(held))
        {
            yield return Drafts.Of(
                @case, Causes.RolloutStuck, @case.Subject, 88,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the rollout of {@case.Subject} stands still: its updateStrategy is OnDelete, and {held.DesiredPods - held.UpdatedPods} of {held.DesiredPods} pods ")
                    + "keep the old revision until they are deleted",
                $"kubectl get {@case.KubectlName} -o yaml, then delete the pods one by one, or set RollingUpdate", "workload");
        }

        if (situation.Budget is { } budget && DisruptionBudgetDetector.IsBlocking(budget))
        {
            string selector = string.Join(",", budget.Pods.Labels.Select(static l => $"{l.Key}={l.Value}"));
            yield return Drafts.Of(
                @case, Causes.PdbBlocking, budget.Ref, 90,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"PodDisruptionBudget {budget.Ref.Name}{(selector.Length > 0 ? $" for pods {selector}" : "")} blocks every eviction and drain (disruptionsAllowed 0): ")
                    + string.Create(CultureInfo.InvariantCulture, $"{budget.Healthy} of {budget.Expected} pods are healthy, and {budget.Desired} must be"),
                $"kubectl describe pdb {budget.Ref.Name}{@case.NamespaceFlag}");
        }
    }

    private static IEnumerable<HypothesisDraft> Jobs(DiagnosisCase @case)
    {
        Situation situation = @case.Situation;
        if (situation is { CronJob.Suspended: true } or { Subject.Kind: "Job", Jobs: [{ Suspended: true }] })
        {
            yield return Drafts.Of(
                @case, Causes.JobSuspended, @case.Subject, 90, $"{@case.Subject} is suspended (spec.suspend) and does not run{JobStoppedDetector.WhySuspended(situation)}",
                $"kubectl patch {@case.KubectlName} -p '{{\"spec\":{{\"suspend\":false}}}}', if it is meant to run", "job");
        }
        else if (situation.IsBatch && @case.Input.Signals.FirstOrDefault(static s => s.Name == "JobStopped") is { } endless)
        {
            TargetRef at = situation.Jobs.FirstOrDefault(static j => j.Active > 0)?.Ref ?? @case.Subject;
            yield return Drafts.Of(@case, Causes.JobNeverCompletes, at, 88, $"{at} never completes: {endless.Summary}", $"kubectl describe {@case.KubectlName}", "container");
        }
    }

    private static IEnumerable<HypothesisDraft> Evictions(DiagnosisCase @case)
    {
        ImmutableArray<PodFacts> evicted = [.. @case.Situation.Pods.Where(static p => p is { Phase: "Failed", Reason: "Evicted" })];
        if (!evicted.IsEmpty)
        {
            yield return Drafts.Of(
                @case, Causes.Evicted, @case.Subject, 82, $"{Counted.Of(evicted.Length, "pod")} of {@case.Subject} evicted from node {evicted[0].NodeName}: {evicted[0].Message}",
                $"kubectl describe {@case.KubectlName}", "event/Evicted");
        }
    }
}
