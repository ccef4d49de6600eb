using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;

namespace Firstline.Core.Planning;

/// <summary>Picks the requests that a plan rests on, so that planning does not walk through all those of the cluster.</summary>
public static class PlanningRequests
{
    /// <summary>The requests of the incident, and those of the runbooks that are for its likeliest cause, each once.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="runbooks">The runbooks that may be planned from.</param>
    /// <param name="ofIncident">Looks up the requests of an incident.</param>
    /// <param name="ofRunbook">Looks up the requests that were planned from a runbook, whatever its revision; asked only for runbooks of the cause.</param>
    public static ImmutableArray<RemediationRequest> Of(
        Incident incident, IEnumerable<Runbook> runbooks, Func<Incident, ImmutableArray<RemediationRequest>> ofIncident, Func<Runbook, ImmutableArray<RemediationRequest>> ofRunbook)
    {
        ImmutableArray<RemediationRequest> own = ofIncident(incident);
        return Likeliest.OfRules(incident.Status) is { } likeliest
            ? [.. own, .. runbooks.Where(r => r.Spec.Match.Causes.Contains(likeliest.Cause, StringComparer.Ordinal)).SelectMany(r => ofRunbook(r))
                .Where(r => r.Spec.Incident.Uid != incident.Metadata.Uid)]
            : own;
    }
}
