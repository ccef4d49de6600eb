using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>Finds what a hypothesis cites, so that a plan carries what it rests on.</summary>
internal static class CitedEvidence
{
    /// <summary>
    /// The items that the hypothesis cites for or against itself, in the order of the incident's evidence. Of several that say the same of alike objects, such as the pods of a
    /// workload, the first: whoever decides has one screen, and the incident holds them all.
    /// </summary>
    public static ImmutableArray<EvidenceItem> Of(Hypothesis hypothesis, IncidentStatus? status)
    {
        ImmutableHashSet<string> cited = [.. hypothesis.EvidenceFor, .. hypothesis.EvidenceAgainst];
        return [.. status?.Evidence.Where(e => cited.Contains(e.Id)).DistinctBy(static e => (e.Kind, e.Excerpt)) ?? []];
    }
}
