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
    private readonly Dictionary<string, string> _lastSaid = [];

    private DemoWatch(IKubeClient client, Account account, TimeProvider clock)
    {
        _account = account;
        _informers = new SharedInformers(client, clock);
        Informer<WorkloadView> workloads = _informers.Get(new ResourceQuery(WorkloadView.Deployments, Namespace), WorkloadView.Project);
        Informer<PodView> pods = _informers.Get(new ResourceQuery(PodView.Pods, Namespace), PodView.Project);
        Informer<Incident> incidents = _informers.Get(new ResourceQuery(Incident.Type, Namespace), FirstlineJson.Incident);
        Informer<RemediationRequest> requests = _informers.Get(new ResourceQuery(RemediationRequest.Type, Namespace), FirstlineJson.RemediationRequest);
        pods.AddHandler(change => Tell(change.New));
        workloads.AddHandler(change => Tell(change.Old, change.New));
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

    private void Tell(WorkloadView? before, WorkloadView? now)
    {
        if (now is not null && (before is null || (before.Ready, before.IsHealthy) != (now.Ready, now.IsHealthy)))
        {
            string state = now.IsHealthy ? ", healthy" : "";
            TellOnce($"Deployment/{now.Key.Name}", $"{now.Ready}/{now.Desired} ready{state}", now.IsHealthy ? Tone.Good : Tone.Quiet);
        }
    }

    private void Tell(PodView? pod)
    {
        if (pod is { Troubles.IsEmpty: false })
        {
            TellOnce($"pods of {pod.App}", string.Join(", ", pod.Troubles), Tone.Bad);
        }
    }

    // Several pods say the same thing one after the other; the account says it once, until there is something else to say.
    private void TellOnce(string subject, string state, Tone tone)
    {
        lock (_lastSaid)
        {
            if (_lastSaid.GetValueOrDefault(subject) == state)
            {
                return;
            }

            _lastSaid[subject] = state;
        }

        _account.Tell(Speaker.Cluster, $"{subject}: {state}", tone);
    }
}
