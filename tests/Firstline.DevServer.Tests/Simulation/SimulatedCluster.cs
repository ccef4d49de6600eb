using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FluentAssertions;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Tests.Kubectl;
using Firstline.Testing;

namespace Firstline.DevServer.Tests.Simulation;

/// <summary>An API server, a namespace of its own there, and a simulation that plays in it twenty times as fast as life.</summary>
internal sealed class SimulatedCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly ApiUnderTest _server;
    private readonly ClusterSimulation _simulation;
    private readonly HttpClient _http;
    private readonly ApiClient _api;

    private SimulatedCluster(ApiUnderTest server, string ns, ClusterSimulation simulation, HttpClient http)
    {
        Namespace = ns;
        _server = server;
        _simulation = simulation;
        _http = http;
        _api = new ApiClient(http);
    }

    public string Namespace { get; }

    /// <summary>kubectl for this namespace.</summary>
    public KubectlProgram Kubectl => new(_server.Url, _server.Token, _server.AuthorityFile, Namespace);

    /// <param name="clock">The simulation's; that of the world where none is given.</param>
    /// <param name="on">The API server, which ends with the cluster; a new embedded one where none is given.</param>
    public static async Task<SimulatedCluster> StartAsync(TimeProvider? clock = null, ApiUnderTest? on = null)
    {
        ApiUnderTest server = on ?? await ApiUnderTest.StartAsync();
        HttpClient http = new(server.Transport()) { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        string ns = "sim-" + Guid.NewGuid().ToString("N")[..8];
        await new ApiClient(http).CreateAsync(Kinds.Namespace, "", JsonNode.Parse(TestRun.Namespace(ns))!.AsObject(), CancellationToken.None);
        SimulationOptions options = new()
        {
            Server = server.Url,
            BearerToken = server.Token,
            Handler = server.Transport(),
            Speed = 20,
            Namespaces = [ns],
            Clock = clock ?? TimeProvider.System,
        };
        return new SimulatedCluster(server, ns, await ClusterSimulation.StartAsync(options, CancellationToken.None), http);
    }

    public Task CreateAsync(ResourceType type, string body) =>
        _api.CreateAsync(type, Namespace, (JsonObject)JsonNode.Parse(body.Replace('\'', '"'))!, CancellationToken.None);

    public async Task DeleteAsync(ResourceType type, string name)
    {
        KubeObject item = await GetAsync(type, name);
        await _api.DeleteAsync(type, item, null, CancellationToken.None);
    }

    public async Task PatchAsync(ResourceType type, string name, string patch)
    {
        KubeObject? changed = await _api.PatchAsync(
            type, new NamespacedName(Namespace, name), "", (JsonObject)JsonNode.Parse(patch.Replace('\'', '"'))!, CancellationToken.None);
        changed.Should().NotBeNull();
    }

    public async Task<KubeObject> GetAsync(ResourceType type, string name) => (await ListAsync(type)).Single(item => item.Name == name);

    public async Task<IReadOnlyList<KubeObject>> ListAsync(ResourceType type)
    {
        ObjectPage page = await _api.ListAsync(type, "", CancellationToken.None);
        return [.. page.Items.Where(item => item.Namespace == Namespace)];
    }

    /// <summary>Follows the objects of a kind until one fits; fails when none does in time.</summary>
    public async Task<KubeObject> WaitAsync(ResourceType type, string what, Func<KubeObject, bool> fits)
    {
        using CancellationTokenSource deadline = new(Patience);
        KubeObject? last = null;
        try
        {
            ObjectPage page = await _api.ListAsync(type, "", deadline.Token);
            if (page.Items.FirstOrDefault(item => item.Namespace == Namespace && fits(item)) is { } already)
            {
                return already;
            }

            await foreach (WatchFrame frame in _api.WatchAsync(type, page.ResourceVersion, deadline.Token))
            {
                last = frame is WatchFrame.Present present && present.Object.Namespace == Namespace ? present.Object : last;
                if (last is not null && frame is WatchFrame.Present && fits(last))
                {
                    return last;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {type.Kind} was {what}; the last change was {last?.Root.GetRawText() ?? "none"}");
        }

        throw new TimeoutException($"the watch ended before a {type.Kind} was {what}");
    }

    public Task<KubeObject> RolledOutAsync(string deployment) => WaitAsync(Kinds.Deployment, "rolled out", item =>
    {
        int wanted = item.Spec.Number("replicas", 1);
        return item.Name == deployment && item.Status.Number("observedGeneration") == item.Generation
            && item.Status.Number("updatedReplicas") == wanted && item.Status.Number("availableReplicas") == wanted && item.Status.Number("replicas") == wanted;
    });

    public Task<KubeObject> WaitingAsync(string reason) => WaitAsync(Kinds.Pod, $"waiting for {reason}", pod =>
        pod.Status.Items("containerStatuses").Any(c => c.Text("state", "waiting", "reason") == reason));

    public async ValueTask DisposeAsync()
    {
        await _simulation.DisposeAsync();
        KubeObject ns = (await _api.ListAsync(Kinds.Namespace, "", CancellationToken.None)).Items.Single(item => item.Name == Namespace);
        await _api.DeleteAsync(Kinds.Namespace, ns, null, CancellationToken.None);
        _http.Dispose();
        await _server.DisposeAsync();
    }
}
