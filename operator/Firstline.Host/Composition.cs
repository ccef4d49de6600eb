using Firstline.Api.Meta;
using Firstline.Host.Options;
using Firstline.Host.Signals;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;

namespace Firstline.Host;

/// <summary>What the operator consists of, made once, from the outside in: connection, caches, lease, controllers.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private readonly LeaderElector? _elector;

    public Composition(OperatorOptions options, ClusterAccess access, ILoggerFactory logs, TimeProvider clock)
    {
        Client = new KubeClient(access, new KubeClientOptions { UserAgent = "firstline-operator" }, clock, logs.CreateLogger<KubeClient>());
        Informers = new SharedInformers(Client, clock, logs);
        _elector = options.LeaderElection == LeaderElectionMode.Off ? null : new LeaderElector(
            Client,
            new LeaderElectionOptions { Lease = new NamespacedName(options.Namespace, "firstline-operator"), Identity = $"{Environment.MachineName}_{Guid.NewGuid():N}" },
            clock,
            logs.CreateLogger<LeaderElector>());
        ILeadership leadership = _elector ?? (ILeadership)new AlwaysLeader();
        Controllers = new ControllerHost(Informers, [], _elector, clock, logs.CreateLogger<ControllerHost>());
    }

    public KubeClient Client { get; }

    public SharedInformers Informers { get; }

    public ControllerHost Controllers { get; }

    /// <summary>Null while nothing can take reports.</summary>
    public AlertmanagerEndpoint? Webhook { get; }

    /// <summary>Who acts, for readiness.</summary>
    public string LeaseText() => _elector switch
    {
        null => "leader election is off",
        { IsLeader: true } => "this instance holds the lease",
        { Holder.Length: > 0 } => $"{_elector.Holder} holds the lease",
        _ => "nobody holds the lease yet",
    };

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return ValueTask.CompletedTask;
    }
}
