using Firstline.Api.Meta;
using Firstline.Controllers.Detection;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Controllers.Status;
using Firstline.Host.Configuration;
using Firstline.Host.Diagnosers;
using Firstline.Host.Health;
using Firstline.Host.Options;
using Firstline.Host.Outside;
using Firstline.Host.Signals;
using Firstline.Host.Traces;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Events;
using Firstline.Kube.Informers;
using Firstline.Kube.Leases;
using Firstline.Kube.Runtime;
using RemediationControllers = Firstline.Controllers.RemediationControllers;

namespace Firstline.Host;

/// <summary>What the operator consists of, made once, from the outside in: connection, caches, lease, controllers, webhook.</summary>
internal sealed class Composition : IAsyncDisposable
{
    private const string UserAgent = "firstline-operator";
    private readonly KubeClient _client;
    private readonly LeaderElector? _elector;
    private readonly DetectionControllers _detection;
    private readonly RemediationControllers _remediation;
    private readonly PrometheusClient _prometheus;
    private readonly HttpProbe _probe;
    private readonly WebhookCaller _webhooks;
    private readonly ModelDiagnoser? _model;
    private readonly IncidentTracing _tracing;

    public Composition(LiveOptions live, string version, ClusterAccess access, ILoggerFactory logs, TimeProvider clock)
    {
        OperatorOptions options = live.Current;
        _prometheus = new PrometheusClient(options.Prometheus, clock);
        Destinations destinations = Destinations.Read(options.DestinationsFile);
        _probe = new HttpProbe(destinations.Probes);
        _webhooks = new WebhookCaller(destinations.Webhooks, clock);
        _model = options.Model.IsOn ? new ModelDiagnoser(options.Model, clock, logs.CreateLogger<ModelDiagnoser>()) : null;
        string instance = $"{Environment.MachineName}_{Guid.NewGuid():N}";
        Controllers.OperatorOptions about = new(options.Namespace) 
        {
            Namespaces = options.Namespaces, ObserveSecretNames = options.ObserveSecretNames, LogSurveyPeriod = options.LogSurveyPeriod, Redaction = new(options.Redact), Dashboard = options.Dashboard is { } dashboard ? new(dashboard) : null, Traffic = options.Prometheus.Traffic,
            Verifiers = new(options.Prometheus.Address is not null, [.. destinations.Probes.Select(static p => p.Name)]),
        };
        _client = new KubeClient(access, clock, new KubeClientOptions { UserAgent = UserAgent }, logs.CreateLogger<KubeClient>());
        Events = new EventRecorder(_client, EventSources.Firstline, instance, clock, logs.CreateLogger<EventRecorder>());
        Informers = new SharedInformers(_client, clock, logs, parts: query => WatchedParts.Of(query, about));
        _elector = options.LeaderElection == LeaderElectionMode.Off ? null : new LeaderElector(
            access, LeaseOf(options, instance), UserAgent, clock, logs);
        ILeadership leadership = _elector ?? (ILeadership)new AlwaysLeader();

        StatusWriter status = new(_client, leadership);
        _detection = new DetectionControllers(Informers, _client, status, Events, _prometheus, about, clock, logs, _model is null ? null : new(_model, options.Model.Limits));
        _remediation = new RemediationControllers(Informers, _client, status, _detection.Situations, leadership, Events, new OutsidePorts(_prometheus, _probe, _webhooks), about, clock, logs);
        Runtime = new ControllerHost(Informers, [.. _detection.All(), .. _remediation.All()], _elector, clock, logs.CreateLogger<ControllerHost>());

        _tracing = new IncidentTracing(_remediation.Caches, leadership, options.TracesEndpoint, version, clock, logs);
        Startup = new StartupCheck(_client, access.Server, () => Informers.All.SelectMany(static i => i.Parts), options.StartupTimeout, clock, logs.CreateLogger<StartupCheck>());
        Webhook = new SignalEndpoint(live, _detection.Intake, clock, logs.CreateLogger<SignalEndpoint>());
    }

    public EventRecorder Events { get; }

    public SharedInformers Informers { get; }

    /// <summary>Runs the controllers, while this instance holds the lease.</summary>
    public ControllerHost Runtime { get; }

    public StartupCheck Startup { get; }

    public SignalEndpoint Webhook { get; }

    /// <summary>Name of the model that is asked; null for none.</summary>
    public string? Model => _model?.Model;

    /// <summary>Who acts, for readiness.</summary>
    public string LeaseText() => _elector switch
    {
        null => "leader election is off",
        { IsLeader: true } => "this instance holds the lease",
        { Holder.Length: > 0 } => $"{_elector.Holder} holds the lease",
        _ => "nobody holds the lease yet",
    };

    public async ValueTask DisposeAsync()
    {
        await _tracing.DisposeAsync();
        await _remediation.DisposeAsync();
        _webhooks.Dispose();
        _probe.Dispose();
        _prometheus.Dispose();
        await _detection.DisposeAsync();
        _model?.Dispose();
        _elector?.Dispose();
        _client.Dispose();
    }

    private static LeaderElectionOptions LeaseOf(OperatorOptions options, string instance) => new()
    {
        Lease = new NamespacedName(options.Namespace, "firstline-operator"),
        Identity = instance,
        LeaseDuration = options.Lease.Duration,
        RenewDeadline = options.Lease.RenewDeadline,
        RetryPeriod = options.Lease.RetryPeriod,
    };
}
