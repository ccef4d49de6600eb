using Firstline.Api.V1Alpha1;
using Firstline.Controllers;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Planning;
using Firstline.Controllers.Remediation;
using Firstline.Controllers.Status;
using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.EndToEnd.Tests.RealServer.Rights;

/// <summary>A planner just after a restart whose cache has not seen the request that it made before: it makes it again, is told that it is there, and reads it.</summary>
internal static class LatePlanner
{
    /// <summary>User agent of its requests.</summary>
    public const string Agent = "proof/Planning";

    /// <summary>Plans an incident that has a request already.</summary>
    public static async Task PlanAgainAsync(RealServerFixture server, Incident incident)
    {
        using KubeClient client = new(server.OperatorAccess, TimeProvider.System, new KubeClientOptions { UserAgent = Agent });
        OperatorOptions options = new("firstline-system") { Namespaces = server.Namespaces };
        SharedInformers informers = new(new Blind(client, server.Namespaces.LastOrDefault("kube-public")), TimeProvider.System, parts: query => WatchedParts.Of(query, options));
        RemediationCaches caches = RemediationCaches.From(informers);
        SituationSource situations = new(new ClusterCache(informers, options, TimeProvider.System));
        RequestLedger ledger = RequestLedger.Following(caches.Requests);
        RemediationObserver observer = new(
            caches, situations, new InformerFreshness(informers), new AdmissionIdentity(informers), new RememberedRights(new AccessReviews(client, NullLogger<AccessReviews>.Instance), TimeProvider.System), new AlwaysLeader(), ledger,
            TimeProvider.System);
        EventRecorder unsent = new(client, Agent, Agent, TimeProvider.System, NullLogger<EventRecorder>.Instance);
        PlanningController planner = new(
            caches, ledger, situations, new AdmissionIdentity(informers), new RequestCreation(client, new AlwaysLeader(), observer, options, TimeProvider.System), new StatusWriter(client, new AlwaysLeader()), new PlanningEvents(unsent),
            options, TimeProvider.System, NullLogger<PlanningController>.Instance);
        using CancellationTokenSource stop = new();
        informers.Start(stop.Token);
        await informers.WaitForSyncAsync(CancellationToken.None);

        await planner.ReconcileAsync(incident, CancellationToken.None);

        await stop.CancelAsync();
        await informers.StoppedAsync();
    }

    /// <summary>Looks for requests in a namespace where there are none.</summary>
    private sealed class Blind(IKubeClient client, string empty) : IKubeClient
    {
        public string FieldManager => client.FieldManager;

        public Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct) => client.SendAsync(Elsewhere(request), ct);

        public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct) => client.OpenAsync(Elsewhere(request), ct);

        private KubeRequest Elsewhere(KubeRequest request) => request.Type == RemediationRequest.Type ? request with { Key = new(empty, "") } : request;
    }
}
