using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Lifecycle;
using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Retention;

/// <summary>Removes incidents that are over and that nobody needs any more; the API server removes their requests with them, as the incident owns them.</summary>
public sealed partial class RetentionController(
    RemediationCaches caches, IKubeClient client, ILeadership leadership, IEventRecorder recorder, TimeProvider clock, ILogger<RetentionController> log) : IReconciler<Incident>
{
    // The number of incidents in a namespace grows without a change of this one.
    private static readonly TimeSpan Recheck = TimeSpan.FromHours(1);
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(Incident resource, CancellationToken ct)
    {
        // Nearly all changes are of open incidents: nothing is gathered for them.
        if (!Core.Lifecycle.Retention.IsOver(resource))
        {
            return ReconcileResult.Done;
        }

        DateTimeOffset now = clock.GetUtcNow();
        RetentionDecision decision = Core.Lifecycle.Retention.Decide(InputOf(resource), now);
        if (decision.Remove)
        {
            await RemoveAsync(resource, decision.Message, ct);
            return ReconcileResult.Done;
        }

        return decision.LookAgainAt is { } again ? new(again - now < Recheck ? again - now : Recheck) : ReconcileResult.Done;
    }

    private RetentionInput InputOf(Incident incident) => new()
    {
        Incident = incident,
        Incidents = caches.Incidents.List(incident.Metadata.Namespace),
        Requests = RequestsAbout(incident),
        Runbooks = caches.Runbooks.List(),
        Policy = caches.Policies.Find(new NamespacedName("", RemediationPolicy.DefaultName))?.Spec,
    };

    private ImmutableArray<RemediationRequest> RequestsAbout(Incident incident)
    {
        ImmutableArray<RemediationRequest> own = caches.Requests.ByIndex(RemediationCaches.ByIncident, incident.Metadata.Uid ?? "");
        return [.. own.Select(static r => r.Spec.Runbook).Distinct().SelectMany(r => caches.RequestsOf(r)).Concat(own).DistinctBy(static r => r.Metadata.Uid)];
    }

    private async Task RemoveAsync(Incident incident, string why, CancellationToken ct)
    {
        try
        {
            // The version makes sure that nothing happened to it since it was judged.
            DeleteOptions options = new()
            {
                Uid = incident.Metadata.Uid, ResourceVersion = incident.Metadata.ResourceVersion, Propagation = DeletionPropagation.Background,
                OnceWithin = leadership.EnsureLeader(),
            };
            await client.DeleteAsync(Incident.Type, NamespacedName.Of(incident.Metadata), ct, options);
        }
        catch (KubeException e) when (e.Kind is KubeErrorKind.NotFound or KubeErrorKind.Conflict)
        {
            return;   // gone, or changed since: its change wakes this controller
        }

        recorder.Record(ObjectReference.Of(Incident.Type, incident.Metadata), EventType.Normal, RetentionReasons.IncidentRemoved, $"the incident {why}");
        LogRemoved(incident.Metadata.Namespace ?? "", incident.Metadata.Name, why);
    }

    [LoggerMessage(3301, LogLevel.Information, "Incident {Namespace}/{Name} was removed: it {Why}")]
    private partial void LogRemoved(string @namespace, string name, string why);
}
