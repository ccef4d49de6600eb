using System.Globalization;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>The revision that a workload is taken back to: the newest older one that was healthy, and that is not part of the trouble.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Current">The one at work; null when the workload's template is that of none.</param>
/// <param name="Doubt">Why it is not proven, in one sentence; null when ready pods prove it.</param>
/// <remarks>Part of the trouble is what runs the same containers as now, what was at work when the trouble began, what was tried in this incident in vain, and what
/// needs an image that can't be pulled.</remarks>
internal sealed record RevisionChoice(RevisionFacts Revision, RevisionFacts? Current, string? Doubt)
{
    /// <summary>Null when no older revision is known to have been healthy.</summary>
    public static RevisionChoice? Find(WorkloadFacts workload, ActionRequest request)
    {
        RevisionFacts[] newestFirst = [.. request.Situation.Revisions.OrderByDescending(static r => r.Number)];
        RevisionFacts? current = Array.Find(newestFirst, r => PodTemplate.AreEqual(r.TemplateJson, workload.TemplateJson));
        long below = Math.Min(current?.Number ?? long.MaxValue, AtWorkAt(request.Onset, newestFirst)?.Number ?? long.MaxValue);
        FailingContainer[] failures = [.. FailureFinder.Find(request.Situation)];
        return newestFirst
            .Where(r => r.Number < below && !IsPartOfTrouble(r, workload, request, failures))
            .Select(r => Judge(r, current, request.Situation, failures))
            .FirstOrDefault(static c => c is not null);
    }

    // A revision number grows with each rollout, also of a revision that is taken up again.
    private static RevisionFacts? AtWorkAt(DateTimeOffset? onset, RevisionFacts[] newestFirst) =>
        onset is { } time ? Array.Find(newestFirst, r => r.CreatedAt <= time) : null;

    private static bool IsPartOfTrouble(RevisionFacts revision, WorkloadFacts workload, ActionRequest request, FailingContainer[] failures) =>
        request.FailedTemplates.Add(workload.TemplateJson).Any(t => PodTemplate.RunTheSame(t, revision.TemplateJson))
        || failures.Any(f => f.Sign == FailureSign.ImagePull && PodTemplate.UsesImage(revision.TemplateJson, f.Container.Image));

    private static RevisionChoice? Judge(RevisionFacts revision, RevisionFacts? current, Situation situation, FailingContainer[] failures)
    {
        if (revision.ReadyPods > 0)
        {
            return Array.Exists(failures, f => f.Sign != FailureSign.Unready && f.Pod.RevisionHash == revision.PodHash) ? null : new(revision, current, null);
        }

        HealthyTemplate? seen = revision.DesiredPods > 0 ? null : situation.HealthyTemplates.LastOrDefault(h => PodTemplate.AreEqual(h.TemplateJson, revision.TemplateJson));
        return seen is null ? null : new(revision, current, string.Create(
            CultureInfo.InvariantCulture, $"revision {revision.Number} has no pod left that proves it healthy; it was seen healthy until {seen.Until:u}"));
    }
}
