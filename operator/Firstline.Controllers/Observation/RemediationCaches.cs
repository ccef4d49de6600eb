using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Lifecycle;
using Firstline.Core.Planning;
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

    private const string IsOpen = "is-open";
    private const string ByRunbook = "by-runbook";
    private const string ByTouched = "by-touched";

    /// <summary>Requests about which something is left to do: those that have not ended, and those that have and are still held.</summary>
    public ImmutableArray<RemediationRequest> OpenRequests() => Requests.ByIndex(IsOpen, "");

    /// <summary>Those of <see cref="OpenRequests"/> whose plan is about an object, or changes something in it when it is a namespace.</summary>
    public ImmutableArray<RemediationRequest> OpenRequestsOn(TargetRef target) => Requests.ByIndex(ByTouched, KeyOf(target));

    /// <summary>Incidents that are not over.</summary>
    public ImmutableArray<Incident> OpenIncidents() => Incidents.ByIndex(IsOpen, "");

    /// <summary>Requests that were planned from a runbook.</summary>
    public ImmutableArray<RemediationRequest> RequestsOf(Runbook runbook) => RequestsOf(new RunbookReference { Namespace = runbook.Metadata.Namespace ?? "", Name = runbook.Metadata.Name });

    /// <summary>Requests that were planned from a runbook, whatever its revision.</summary>
    public ImmutableArray<RemediationRequest> RequestsOf(RunbookReference runbook) => Requests.ByIndex(ByRunbook, $"{runbook.Namespace}/{runbook.Name}");

    /// <summary>Asks for the informers; they are shared with whoever else watches the same.</summary>
    public static RemediationCaches From(SharedInformers informers)
    {
        RemediationCaches caches = new(
            informers.Get<Incident>(new ResourceQuery(Incident.Type), OwnProjections.ReadIncident),
            informers.Get(new ResourceQuery(Runbook.Type), FirstlineJson.Runbook),
            informers.Get<RemediationRequest>(new ResourceQuery(RemediationRequest.Type), OwnProjections.ReadRequest),
            informers.Get(new ResourceQuery(RemediationPolicy.Type), FirstlineJson.RemediationPolicy));
        caches.Requests.AddIndex(IsOpen, static r => HasSomethingLeft(r) ? [""] : []);
        caches.Requests.AddIndex(ByTouched, static r => HasSomethingLeft(r) ? Touched(r) : []);
        caches.Requests.AddIndex(ByRunbook, static r => [$"{r.Spec.Runbook.Namespace}/{r.Spec.Runbook.Name}"]);
        caches.Incidents.AddIndex(IsOpen, static i => IncidentCache.IsOpen(i) ? [""] : []);
        caches.Requests.AddIndex(ByIncident, static r => [r.Spec.Incident.Uid]);
        return caches;
    }

    private static bool HasSomethingLeft(RemediationRequest request) => !RemediationLifecycle.IsSettled(request) || RequestFinalizer.IsOn(request);

    private static IEnumerable<string> Touched(RemediationRequest request) =>
        TouchedObjects.Namespaces(request).Append(request.Metadata.Namespace ?? "").Distinct().Select(static ns => KeyOf(new() { Kind = "Namespace", Name = ns }))
            .Append(KeyOf(TouchedObjects.TargetOf(request)));

    private static string KeyOf(TargetRef target) => $"{target.Kind}/{target.Namespace}/{target.Name}";
}
