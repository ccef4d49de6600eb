using System.Collections.Immutable;
using System.Reflection;
using Firstline.Api.Meta;
using Firstline.Host.Configuration;
using Firstline.Host.Health;
using Firstline.Host.Http;
using Firstline.Host.Metrics;
using Firstline.Host.Options;
using Firstline.Host.Signals;
using Firstline.Kube.Config;
using Firstline.Kube.Queue;

namespace Firstline.Host;

/// <summary>
/// The operator: what it consists of is in <see cref="Composition"/>, here is the order in which it starts and stops. Health first, so that it can be
/// watched while it waits; then the check of the custom resources; then caches, lease and controllers; the webhook last, when it can store.
/// </summary>
public sealed partial class FirstlineOperator : IAsyncDisposable
{
    internal static readonly TimeSpan EventPatience = TimeSpan.FromSeconds(5);
    private static readonly string Version = typeof(FirstlineOperator).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly CancellationTokenSource _stop = new();
    private readonly LiveOptions _live;
    private readonly OperatorOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly Composition _parts;
    private readonly MetricsExporter _metrics = new();
    private readonly ProcessMetrics _process = new(Version);
    private readonly CancellationTokenSource _lastWords = new();
    private ConfigurationWatch? _configuration;
    private Listener? _health;
    private Listener? _webhook;
    private Task _running = Task.CompletedTask;
    private Task _events = Task.CompletedTask;

    private FirstlineOperator(LiveOptions options, ClusterAccess access, ILoggerFactory logs, TimeProvider clock)
    {
        (_live, _options, _clock, _logs) = (options, options.Current, clock, logs);
        _log = logs.CreateLogger<FirstlineOperator>();
        _parts = new Composition(options, Version, access, logs, clock);
    }

    /// <summary>Where health, readiness and metrics are served.</summary>
    public Uri HealthAddress => _health!.Address;

    /// <summary>Where Alertmanager posts; null when the webhook is off.</summary>
    public Uri? WebhookAddress => _webhook is null ? null : new Uri(_webhook.Address, SignalEndpoint.AlertmanagerPath);

    /// <summary>What the controllers have to do now; null while they do not work yet, or any more.</summary>
    public QueueLoad? Load => _parts.Runtime is { IsReady: true, IsWorking: true } runtime ? runtime.Load : null;

    /// <summary>Ends when the operator has stopped working, with the error that stopped it.</summary>
    public Task Completion => _running;

    /// <summary>True when its caches hold this version of the object or a later one.</summary>
    public bool HasSeen(ResourceType type, ObjectMeta metadata) => _parts.Informers.HaveSeen(type, metadata);

    /// <summary>Runs until <paramref name="ct"/> is cancelled, then stops in order: no new work, what is in work ends, the lease is given back.</summary>
    /// <exception cref="OperatorStartException">It cannot start as it is set up.</exception>
    /// <exception cref="KubeConfigException">The cluster is not configured, or not rightly.</exception>
    public static async Task RunAsync(LiveOptions options, ILoggerFactory logs, TimeProvider clock, CancellationToken ct)
    {
        await using FirstlineOperator instance = await StartAsync(options, logs, clock, ct);
        await instance.Completion.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (instance.Completion.IsFaulted)
        {
            await instance.Completion;
        }
    }

    /// <summary>Starts with options that stay as they are.</summary>
    /// <exception cref="OperatorStartException">It cannot start as it is set up.</exception>
    /// <exception cref="KubeConfigException">The cluster is not configured, or not rightly.</exception>
    public static Task<FirstlineOperator> StartAsync(OperatorOptions options, ILoggerFactory logs, TimeProvider clock, CancellationToken ct) =>
        StartAsync(new LiveOptions(options), logs, clock, ct);

    /// <summary>Starts and returns when the controllers are on their way; dispose to stop.</summary>
    /// <exception cref="OperatorStartException">It cannot start as it is set up.</exception>
    /// <exception cref="KubeConfigException">The cluster is not configured, or not rightly.</exception>
    public static async Task<FirstlineOperator> StartAsync(LiveOptions options, ILoggerFactory logs, TimeProvider clock, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        OperatorOptions start = options.Current;
        ClusterAccess access = KubeConfig.Load(new KubeConfigOptions { Path = start.Kubeconfig, Context = start.Context, Clock = clock });
        FirstlineOperator instance = new(options, access, logs, clock);
        try
        {
            await instance.BeginAsync(access, ct);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_configuration is not null)
        {
            await _configuration.DisposeAsync();
        }

        if (_webhook is not null)
        {
            await _webhook.DisposeAsync();
        }

        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lastWords.CancelAfter(EventPatience);
        await _events;
        if (_health is not null)
        {
            await _health.DisposeAsync();
        }

        await _parts.DisposeAsync();
        _process.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
        _lastWords.Dispose();
        LogStopped();
    }

    private async Task BeginAsync(ClusterAccess access, CancellationToken ct)
    {
        LogStarting(Version, access.Server, access.Source);
        if (!_options.Namespaces.IsEmpty)
        {
            LogNamespaces(string.Join(", ", _options.Namespaces), _options.Namespace);
        }

        if (_parts.Model is { } model)
        {
            LogModel(model, _options.Model.Endpoint?.ToString() ?? "its provider's own address");
        }

        _parts.Webhook.Check();
        _configuration = ConfigurationWatch.Start(_live, _logs);
        _health = await Listener.StartAsync(_options.Health, new HealthEndpoints(Checks, _metrics).Routes, maxBodyBytes: 0, _clock, _logs, ct);
        await _parts.Startup.WaitAsync(ct);
        _events = _parts.Events.RunAsync(_stop.Token, _lastWords.Token);
        _running = _parts.Runtime.RunAsync(_stop.Token);
        if (_options.Webhook.IsOn)
        {
            _webhook = await Listener.StartAsync(_options.Webhook.Listener, _parts.Webhook.Routes, WebhookOptions.LargestBodyBytes, _clock, _logs, ct);
        }

        LogStarted(HealthAddress, WebhookAddress?.ToString() ?? "off: set --webhook-token-file to receive signals");
    }

    private ImmutableArray<ReadinessCheck> Checks =>
    [
        new("custom resources", () => _parts.Startup.Problem),
        new("caches", () => CacheCheck.Problem(_parts.Informers.All.Select(CacheState.Of), _clock.GetUtcNow())),
        new("controllers", () => _running.IsFaulted ? $"they stopped: {_running.Exception!.InnerException!.Message}" : null, _parts.LeaseText),
    ];

    [LoggerMessage(6201, LogLevel.Information, "Firstline {Version} starts against {Server}, from {Source}")]
    private partial void LogStarting(string version, Uri server, string source);

    [LoggerMessage(6204, LogLevel.Information, "Watching only the namespaces {Namespaces}, and the runbooks of {Own}. Not seen: every other namespace, nodes and the other objects of the cluster; alerts about those are left out")]
    private partial void LogNamespaces(string namespaces, string own);

    [LoggerMessage(6205, LogLevel.Information, "The model {Model} at {Endpoint} is asked about incidents: evidence, with secrets and personal data taken out, is sent there")]
    private partial void LogModel(string model, string endpoint);

    [LoggerMessage(6202, LogLevel.Information, "Started: health at {Health}, webhook {Webhook}")]
    private partial void LogStarted(Uri health, string webhook);

    [LoggerMessage(6203, LogLevel.Information, "Stopped")]
    private partial void LogStopped();
}
