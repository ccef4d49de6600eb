using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Cli.Evaluation;

/// <summary>Writes what the incidents of a case say.</summary>
internal static class CaseReport
{
    private const int MaxEvidence = 8;

    /// <summary>The line: incidents that stand for a cause of their own first, the gravest first.</summary>
    public static CaseResult Of(string name, long elapsedMs, IEnumerable<Incident> incidents) => new(
        name, elapsedMs,
        [
            .. incidents.OrderBy(static i => i.Status?.Parent is not null)
                .ThenBy(static i => i.Status?.Severity ?? Severity.SEV4)
                .ThenByDescending(static i => i.Status?.Hypotheses.FirstOrDefault()?.ConfidencePercent ?? 0)
                .ThenBy(static i => i.Metadata.Name, StringComparer.Ordinal)
                .Select(Of),
        ]);

    private static ResultIncident Of(Incident incident)
    {
        IncidentStatus status = incident.Status ?? new();
        return new(
            incident.Metadata.Name, status.Category, status.Severity?.ToString(), status.Level?.ToString(), ResourceOf(incident, incident.Spec.Target), status.Parent?.Name,
            [.. status.Hypotheses.Select((h, at) => Of(incident, h, at + 1))]);
    }

    private static ResultHypothesis Of(Incident incident, Hypothesis hypothesis, int rank)
    {
        ImmutableArray<string> cited = [.. hypothesis.EvidenceFor, .. hypothesis.EvidenceAgainst];
        return new(
            rank, hypothesis.Cause, ResourceOf(incident, hypothesis.Resource ?? incident.Spec.Target), hypothesis.ConfidencePercent / 100.0, hypothesis.Statement,
            [
                .. incident.Status!.Evidence.Where(e => hypothesis.EvidenceFor.Contains(e.Id)).Take(MaxEvidence).Select(static e => new ResultEvidence(e.Id, e.Excerpt)),
            ])
        {
            Cited = cited.Length,
            Unresolved = cited.Count(id => incident.Status.Evidence.All(e => e.Id != id)),
        };
    }

    private static ResultResource ResourceOf(Incident incident, TargetRef target) =>
        new(target.Kind, target.Namespace ?? (Core.Facts.TargetScope.IsClusterScoped(target.Kind) ? null : incident.Metadata.Namespace), target.Name);
}
