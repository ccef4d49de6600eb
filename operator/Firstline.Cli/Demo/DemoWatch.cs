using Firstline.Api.V1Alpha1;
using Firstline.Cli.Cards;
using Firstline.Cli.Watching;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;

namespace Firstline.Cli.Demo;

/// <summary>Watches the namespace of the demo and tells the account what becomes new there. It only reads, as <c>kubectl get -w</c> would.</summary>
internal sealed class DemoWatch : IAsyncDisposable
{
    public const string Namespace = "shop";

    private readonly CancellationTokenSource _stop = new();
    private readonly SharedInformers _informers;
    private readonly Account _account;
    private readonly Dictionary<string, Said> _said = [];
    private readonly HashSet<(string App, string Trouble)> _troubles = [];

    private DemoWatch(IKubeClient client, Account account, TimeProvider clock)
    {
        _account = account;
        _informers = new SharedInformers(client, clock);
        Informer<WorkloadView> workloads = _informers.Get(new ResourceQuery(WorkloadView.Deployments, Namespace), WorkloadView.Project);
        Informer<PodView> pods = _informers.Get(new ResourceQuery(PodView.Pods, Namespace), PodView.Project);
        Informer<Incident> incidents = _informers.Get(new ResourceQuery(Incident.Type, Namespace), FirstlineJson.Incident);
        Informer<RemediationRequest> requests = _informers.Get(new ResourceQuery(RemediationRequest.Type, Namespace), FirstlineJson.RemediationRequest);
        pods.AddHandler(change => Tell(change.New));
        workloads.AddHandler(change => Tell(change.New));
        incidents.AddHandler(change => account.Tell(change.New is { } now ? IncidentTeller.Tell(change.Old, now) : []));
        requests.AddHandler(change => account.Tell(change.New is { } now ? RequestTeller.Tell(change.Old, now) : []));
        (Workloads, Pods, Incidents, Requests) = (new(workloads), new(pods), new(incidents), new(requests));
    }

    public Watched<WorkloadView> Workloads { get; }

    public Watched<PodView> Pods { get; }

    public Watched<Incident> Incidents { get; }

    public Watched<RemediationRequest> Requests { get; }

    public static async Task<DemoWatch> StartAsync(IKubeClient client, Account account, TimeProvider clock, CancellationToken ct)
    {
        DemoWatch watch = new(client, account, clock);
        watch._informers.Start(watch._stop.Token);
        await watch._informers.WaitForSyncAsync(ct);
        return watch;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _informers.StoppedAsync();
        _stop.Dispose();
    }

    private void Tell(WorkloadView? now)
    {
        if (now is null)
        {
            return;
        }

        // A line for each new low and one when it is healthy again; what flaps in between says nothing new.
        string deployment = $"Deployment/{now.Key.Name}";
        Said last = _said.GetValueOrDefault(deployment, new Said(0, int.MaxValue, IsHealthy: false));
        last = last.Generation == now.Generation ? last : new Said(now.Generation, int.MaxValue, IsHealthy: false);
        if (now.IsHealthy && !last.IsHealthy)
        {
            _account.Tell(Speaker.Cluster, $"{deployment}: {now.Ready}/{now.Desired} ready, healthy", Tone.Good);
            last = last with { IsHealthy = true, Lowest = now.Desired };
        }
        else if (now.Ready < now.Desired && now.Ready < last.Lowest)
        {
            _account.Tell(Speaker.Cluster, $"{deployment}: {now.Ready}/{now.Desired} ready", Tone.Quiet);
            last = last with { Lowest = now.Ready };
        }

        _said[deployment] = last;
    }

    private void Tell(PodView? pod)
    {
        foreach (string trouble in pod?.Troubles ?? [])
        {
            if (_troubles.Add((pod!.App, trouble)))
            {
                _account.Tell(Speaker.Cluster, $"pods of {pod.App}: {trouble}", Tone.Bad);
            }
        }
    }

    private readonly record struct Said(long Generation, int Lowest, bool IsHealthy);
}
