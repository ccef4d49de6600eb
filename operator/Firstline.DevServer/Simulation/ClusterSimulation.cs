using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Controllers;
using Firstline.DevServer.Simulation.Events;
using Firstline.DevServer.Simulation.Kubelet;
using Firstline.DevServer.Simulation.Nodes;
using Firstline.DevServer.Simulation.Queue;
using Firstline.DevServer.Simulation.Scheduler;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.DevServer.Simulation;

/// <summary>
/// Plays controller-manager, scheduler and kubelets on an API server that has none. It is a client of that API and nothing
/// else, so it plays on any. Failures are asked for by annotations of pod templates (docs/simulation.md).
/// </summary>
public sealed class ClusterSimulation : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly ReconcilerHost _host;
    private readonly ImmutableArray<Reflector> _reflectors;
    private readonly Cluster _cluster;
    private readonly EventRecorder _events;
    private readonly List<Task> _running = [];

    private ClusterSimulation(SimulationOptions options)
    {
        ILogger log = (options.Logs ?? NullLoggerFactory.Instance).CreateLogger<ClusterSimulation>();
        _http = Connect(options);
        ApiClient api = new(_http);
        _cluster = new Cluster(api, options.Namespaces);
        _events = new EventRecorder(api, options.Clock, log);
        _reflectors = [.. _cluster.All.Select(cache => new Reflector(api, cache, options.Clock, log))];
        ControllerTools tools = new(_cluster, _events, options.Clock, options.Speed);
        _host = new ReconcilerHost(Reconcilers(tools, options), options.Clock, log);
    }

    /// <summary>Starts to play and returns when the nodes are there. It goes on until disposed, whatever the server answers.</summary>
    /// <param name="options">Server, nodes, speed.</param>
    /// <param name="ct">Ends the start, not the simulation.</param>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public static async Task<ClusterSimulation> StartAsync(SimulationOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Speed, nameof(options));
        ClusterSimulation simulation = new(options);
        try
        {
            await simulation.BeginAsync(options, ct);
            return simulation;
        }
        catch
        {
            await simulation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops playing; the objects stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
        _http.Dispose();
        _stop.Dispose();
    }

    /// <summary>Every part of the simulation, in the order of docs/simulation.md.</summary>
    private static ImmutableArray<IReconciler> Reconcilers(ControllerTools tools, SimulationOptions options) =>
    [
        new DeploymentController(tools),
        new ReplicaSetController(tools),
        new StatefulSetController(tools),
        new DaemonSetController(tools),
        new JobController(tools),
        new CronJobController(tools),
        new DisruptionController(tools),
        new EndpointController(tools),
        new ServiceAccountController(tools),
        new SchedulerReconciler(tools),
        new KubeletReconciler(tools.Cluster, tools.Events, new KubeletTiming(options.Speed), options.Clock),
        new NodeReconciler(tools),
        new CordonTaint(tools),
        new PodCollector(tools),
    ];

    [SuppressMessage("Reliability", "CA2000", Justification = "The HttpClient owns the handler and is disposed with the simulation.")]
    private static HttpClient Connect(SimulationOptions options)
    {
        HttpMessageHandler handler = options.Handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(30) };
        HttpClient http = new(handler) { BaseAddress = new Uri(options.Server.ToString().TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("firstline-simulation");
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (options.BearerToken is { } token)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http;
    }

    private async Task BeginAsync(SimulationOptions options, CancellationToken ct)
    {
        await new ApiClient(_http).ListAsync(Kinds.Namespace, "", ct);
        _running.AddRange(_reflectors.Select(reflector => Task.Run(() => reflector.RunAsync(_stop.Token), CancellationToken.None)));
        await Task.WhenAll(_reflectors.Select(reflector => reflector.Listed)).WaitAsync(ct);
        await new Bootstrap(_cluster, options).RunAsync(ct);
        _running.Add(Task.Run(() => _events.RunAsync(_stop.Token), CancellationToken.None));
        _running.Add(_host.RunAsync(_stop.Token));
    }
}
