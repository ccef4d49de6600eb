using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Detection;

/// <summary>How right a detector or an alert was, by what humans said of its incidents.</summary>
/// <param name="Name">The detector or alert.</param>
/// <param name="Incidents">Incidents that it reported.</param>
/// <param name="FalsePositives">Those where nothing was wrong.</param>
/// <param name="Duplicates">Those that another one was about.</param>
/// <param name="WrongCategories">Those of another category.</param>
public sealed record DetectorScore(string Name, int Incidents, int FalsePositives, int Duplicates, int WrongCategories)
{
    /// <summary>Share of its incidents in which nothing was wrong, in [0, 1]; what nobody gave feedback on counts as right.</summary>
    public double FalsePositiveRate => (double)FalsePositives / Incidents;

    /// <summary>The scores, the worst first.</summary>
    public static ImmutableArray<DetectorScore> Of(IEnumerable<Incident> incidents) =>
    [
        .. from incident in incidents
           from name in incident.Status?.Signals.Where(static s => s.Source != IncidentSource.Manual).Select(static s => s.Name).Distinct() ?? []
           group incident.Spec.Feedback by name into all
           let score = new DetectorScore(
               all.Key, all.Count(), all.Count(static f => f == Feedback.FalsePositive), all.Count(static f => f == Feedback.Duplicate), all.Count(static f => f == Feedback.WrongCategory))
           orderby score.FalsePositiveRate descending, score.FalsePositives + score.Duplicates + score.WrongCategories descending, score.Incidents descending, score.Name
           select score,
    ];
}
