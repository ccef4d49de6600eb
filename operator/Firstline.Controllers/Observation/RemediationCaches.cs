using Firstline.Api.V1Alpha1;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Observation;

/// <summary>The informers of Firstline's own resources.</summary>
/// <param name="Incidents">All incidents.</param>
/// <param name="Runbooks">All runbooks.</param>
/// <param name="Requests">All remediation requests.</param>
/// <param name="Policies">All remediation policies; one counts.</param>
public sealed record RemediationCaches(
    Informer<Incident> Incidents, Informer<Runbook> Runbooks, Informer<RemediationRequest> Requests, Informer<RemediationPolicy> Policies)
{
    /// <summary>Index of requests by the UID of their incident.</summary>
    public const string ByIncident = "by-incident";

    /// <summary>Asks for the informers; they are shared with whoever else watches the same.</summary>
    public static RemediationCaches From(SharedInformers informers)
    {
        RemediationCaches caches = new(
            informers.Get(new ResourceQuery(Incident.Type), FirstlineJson.Incident),
            informers.Get(new ResourceQuery(Runbook.Type), FirstlineJson.Runbook),
            informers.Get(new ResourceQuery(RemediationRequest.Type), FirstlineJson.RemediationRequest),
            informers.Get(new ResourceQuery(RemediationPolicy.Type), FirstlineJson.RemediationPolicy));
        caches.Requests.AddIndex(ByIncident, static r => [r.Spec.Incident.Uid]);
        return caches;
    }
}
