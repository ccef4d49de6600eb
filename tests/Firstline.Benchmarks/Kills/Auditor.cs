using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Cli.Demo;
using Firstline.Cli.Watching;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Benchmarks.Kills;

/// <summary>Asks the server, and nobody else, what happened.</summary>
internal sealed class Auditor
{
    private readonly ConcurrentDictionary<string, Incident> _incidents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RemediationRequest> _requests = new(StringComparer.Ordinal);
    private readonly Watched<RemediationRequest> _watchedRequests;
    private readonly KubeClient _client;
    private readonly RequestLog _log;

    public Auditor(KubeClient client, SharedInformers informers, RequestLog log)
    {
        (_client, _log) = (client, log);
        informers.Get(new ResourceQuery(Incident.Type, "shop"), FirstlineJson.Incident).AddHandler(c => Keep(_incidents, c.New, c.New?.Metadata));
        Informer<RemediationRequest> requests = informers.Get(new ResourceQuery(RemediationRequest.Type, "shop"), FirstlineJson.RemediationRequest);
        requests.AddHandler(c => Keep(_requests, c.New, c.New?.Metadata));
        _watchedRequests = new Watched<RemediationRequest>(requests);
    }

    /// <summary>Names of all incidents, requests and broken Deployments that there were.</summary>
    public IEnumerable<string> Names =>
        _incidents.Values.SelectMany(static i => (string[])[i.Metadata.Name, i.Spec.Target.Name]).Concat(_requests.Values.Select(static r => r.Metadata.Name));

    /// <summary>Waits until each request for a Deployment has its outcome.</summary>
    public async Task SettledAsync(string workload, TimeSpan limit)
    {
        foreach (RemediationRequest request in RequestsFor(workload))
        {
            string name = request.Metadata.Name;
            await _watchedRequests.UntilAsync($"outcome of {name}", r => r.Metadata.Name == name && r.Status?.Outcome is not null, limit, CancellationToken.None);
        }
    }

    public async Task<Account> AccountOfAsync(Round round)
    {
        KubeResponse answer = await _client.GetAsync(WorkloadView.Deployments, new("shop", round.Workload), CancellationToken.None);
        JsonNode metadata = answer.ReadTree()["metadata"]!;
        string Annotation(string name) => metadata["annotations"]?[name]?.GetValue<string>() ?? "";
        return new Account(
            round, [.. _incidents.Values.Where(i => i.Spec.Target.Name == round.Workload)], RequestsFor(round.Workload),
            _log.All.Count(r => r is { Resource: "deployments", Manager: FieldManagers.Executor, IsDone: true } && r.Name == round.Workload),
            metadata["generation"]!.GetValue<long>(), Annotation("deployment.kubernetes.io/revision"), RemediationMark.Parse(Annotation(AnnotationNames.LastRemediation))?.Step ?? "");
    }

    /// <summary>Writes, Events apart, by an operator while the lease was another's: whose write of the lease came last before.</summary>
    /// <remarks>Signals are no trespass: every replica takes alerts, and each such write holds only for the version that was read (decision 0004).</remarks>
    public ImmutableArray<string> Trespasses()
    {
        ImmutableArray<ServedRequest> writes = [.. _log.All.Where(static r => r.IsWrite && r.Resource != "events").OrderBy(static r => r.Start)];
        List<string> found = [];
        string holder = "";
        foreach (ServedRequest write in writes)
        {
            if (write.Resource == "leases")
            {
                holder = write.IsDone ? write.Credential : holder;
            }
            else if (write.Credential != holder && write is not { Resource: "incidents", Manager: FieldManagers.Detection })
            {
                found.Add($"{write.Kind} {write.Name} came from an operator that did not hold the lease");
            }
        }

        return [.. found];
    }

    private static void Keep<T>(ConcurrentDictionary<string, T> all, T? value, ObjectMeta? metadata)
    {
        if (value is not null)
        {
            all[metadata!.Uid!] = value;
        }
    }

    private ImmutableArray<RemediationRequest> RequestsFor(string workload) => [.. _requests.Values.Where(r => r.Spec.Plan.Target.Name == workload)];
}
