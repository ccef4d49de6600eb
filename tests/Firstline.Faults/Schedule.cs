using System.Collections.Immutable;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;
using Firstline.Kube.Runtime;
using Firstline.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Firstline.Faults;

/// <summary>One seeded run: an informer and a controller behind the fault proxy, while others change the server; in the end both must agree.</summary>
internal sealed class Schedule : IAsyncDisposable
{
    private const int Speed = 50;
    private const int Steps = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly FastClock _clock = new(Speed);
    private readonly Deliveries _deliveries = new();
    private readonly Random _random;
    private readonly IKubeClient _direct;
    private readonly string _namespace;
    private readonly FaultPlan _plan;
    private readonly FaultProxy _proxy;
    private readonly KubeClient _client;
    private readonly Mirror _mirror;
    private readonly SharedInformers _informers;
    private readonly Informer<MapView> _informer;
    private readonly Controller<MapView> _controller;

    private Schedule(int seed, World world, string ns, FaultPlan plan, FaultProxy proxy)
    {
        (_random, _direct, _namespace, _plan, _proxy) = (new Random(seed), world.Direct, ns, plan, proxy);
        _client = new KubeClient(
            new ClusterAccess { Server = proxy.Address, Credentials = world.Credentials, Authorities = () => [world.Certificate] }, _clock,
            new KubeClientOptions
            {
                // A handshake is computing, which the fast clock makes no faster. Pings go by the world's time, and a second is the least that they know.
                RequestTimeout = TimeSpan.FromSeconds(20), MaxRetries = 2, ConnectTimeout = TimeSpan.FromSeconds(2 * Speed),
                KeepAliveDelay = TimeSpan.FromSeconds(1), KeepAliveTimeout = TimeSpan.FromSeconds(2),
            });
        _mirror = new Mirror(_client);
        InformerOptions options = new()
        {
            PageSize = 4, WatchTimeout = TimeSpan.FromSeconds(20), IdleTimeout = TimeSpan.FromSeconds(12),
            Reconnect = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(4), 1),
        };
        _informers = new SharedInformers(_client, _clock, null, options, new Random(seed));
        _informer = _informers.Get(new ResourceQuery(MapView.Type, ns), MapJson.Default.MapView);
        _informer.AddHandler(_deliveries.On);
        _controller = new Controller<MapView>(
            "mirror", _informer, _informers, _mirror, _clock, NullLoggerFactory.Instance,
            new ControllerOptions { Workers = 3, Backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10)) },
            static change => !Mirror.IsEcho(change.Key.Name));
        _controller.Watches(_informer, static change => Mirror.IsEcho(change.Key.Name) ? [Mirror.SourceOf(change.Key)] : []);
    }

    /// <summary>The violations, each with what was expected; none when all is well.</summary>
    public static async Task<ImmutableArray<string>> RunAsync(int seed, World world)
    {
        string ns = $"schedule-{seed}";
        await world.CreateNamespaceAsync(ns);
        FaultPlan plan = new(seed);
        await using FaultProxy proxy = await FaultProxy.StartAsync(world.Server, plan, seed % 2 == 0 ? world.Certificate : null, world.Connections);
        ImmutableArray<string> violations;
        await using (Schedule schedule = new(seed, world, ns, plan, proxy))
        {
            violations = await schedule.PlayAsync();
        }

        try
        {
            await proxy.AllClosedAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            violations = violations.Add("connections stayed open after everything had stopped");
        }

        await world.DeleteNamespaceAsync(ns);
        return [.. violations.Select(v => $"seed {seed}: {v}")];
    }

    public async ValueTask DisposeAsync()
    {
        _controller.Dispose();
        _client.Dispose();
        _stop.Dispose();
        _abort.Dispose();
        await ValueTask.CompletedTask;
    }

    private async Task<ImmutableArray<string>> PlayAsync()
    {
        Author author = new(_direct, _namespace, _random);
        for (int i = 0; i < 6; i++)
        {
            await author.StepAsync(i, CancellationToken.None);
        }

        _informers.Start(_stop.Token);
        Task working = WorkAsync();
        for (int i = 6; i < Steps; i++)
        {
            await author.StepAsync(i, CancellationToken.None);
            if (_random.Next(4) == 0)
            {
                _clock.Skew(TimeSpan.FromMinutes(_random.Next(-120, 120)));
                await Task.WhenAny(_deliveries.Changed, Task.Delay(_random.Next(1, 30)));   // the author's own pace
            }
        }

        _plan.Heal();
        string? difference = await SettleAsync();
        await _stop.CancelAsync();
        Task informing = _informers.StoppedAsync();
        await Task.WhenAll(working, informing).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _abort.CancelAsync();
        return
        [
            .. working.IsCompleted ? [] : new[] { "the controller did not drain" },
            .. informing.IsCompleted ? [] : new[] { "informers went on after their end" },
            .. _deliveries.Violations,
            .. difference is null ? [] : new[] { difference },
            .. _mirror.Overlaps > 0 ? new[] { "two workers held one key" } : [],
        ];
    }

    private async Task WorkAsync()
    {
        await _informers.WaitForSyncAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _controller.RunAsync(_stop.Token, _abort.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until cache, deliveries and server are the same and every echo is right; what differs when they never are.</summary>
    private async Task<string?> SettleAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        string? difference;
        do
        {
            Task changed = _deliveries.Changed;
            difference = await DifferenceAsync(patience.Token);
            if (difference is null)
            {
                return null;
            }

            await changed.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!patience.IsCancellationRequested);

        return await DifferenceAsync(CancellationToken.None);
    }

    private async Task<string?> DifferenceAsync(CancellationToken ct)
    {
        Dictionary<string, MapView> server = [];
        await foreach (MapView map in _direct.ListAsync(_informer.Query, MapJson.Default.MapView, ct))
        {
            server[map.Metadata.Name] = map;
        }

        if (!_informer.HasSynced)
        {
            return $"the cache never filled: {_informer.Trouble}";
        }

        Dictionary<string, string> actual = server.ToDictionary(static s => s.Key, static s => s.Value.Fingerprint);
        string? difference = Difference("the cache", _informer.List().ToDictionary(static m => m.Metadata.Name, static m => m.Fingerprint), actual)
            ?? Difference("what handlers were told", _deliveries.State(), actual);
        Dictionary<string, string> echoes = server.Where(static s => Mirror.IsEcho(s.Key)).ToDictionary(static s => s.Key, static s => s.Value.Value);
        Dictionary<string, string> wanted = server.Where(static s => !Mirror.IsEcho(s.Key)).ToDictionary(static s => Mirror.EchoOf(s.Key), static s => s.Value.Value);
        return difference ?? Difference("the controller's work", echoes, wanted);
    }

    private static string? Difference(string what, Dictionary<string, string> actual, Dictionary<string, string> wanted)
    {
        string[] keys = [.. actual.Keys.Union(wanted.Keys).Where(k => actual.GetValueOrDefault(k) != wanted.GetValueOrDefault(k)).Order()];
        return keys.Length == 0 ? null : $"{what} differs: " + string.Join(
            "; ", keys.Select(k => $"{k} is [{actual.GetValueOrDefault(k, "absent")}], should be [{wanted.GetValueOrDefault(k, "absent")}]"));
    }
}
