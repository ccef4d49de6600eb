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

    /// <summary>With a watch that is open and brings bookmarks alone, these are a minute of the world's time.</summary>
    private const int Looks = 600;

    /// <summary>
    /// After so many the clock runs half as fast. Limits of requests go by it, while computing, here that of the server, too, goes by the world's: on a machine without a free core no request
    /// was answered within the 0.4 s that 20 s are, whatever was mended.
    /// </summary>
    private const int LooksOfOneSpeed = 30;

    /// <summary>Nothing that goes well waits so long, on however busy a machine: connecting, pings and the waits between tries are seconds of the world's time at the most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

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
            PageSize = 4, ListTimeout = TimeSpan.FromSeconds(20), WatchTimeout = TimeSpan.FromSeconds(20), IdleTimeout = TimeSpan.FromSeconds(12),
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

    /// <summary>
    /// Waits until cache, deliveries and server are the same and every echo is right; what differs when they never are. How long that takes is the machine's business: it is looked at whenever
    /// something has moved, and given up when nothing moves any more, or when all goes on and nothing comes of it.
    /// </summary>
    private async Task<string?> SettleAsync()
    {
        for (int look = 1; ; look++)
        {
            Task moved = Task.WhenAny(_deliveries.Changed, _proxy.Moved);
            string? difference = await DifferenceAsync();
            if (difference is null || look == Looks)
            {
                return difference;
            }

            try
            {
                _clock.Speed = look % LooksOfOneSpeed == 0 ? Math.Max(1, _clock.Speed / 2) : _clock.Speed;
                await moved.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                return $"nothing moved any more, and {difference}";
            }
        }
    }

    private async Task<string?> DifferenceAsync()
    {
        Dictionary<string, MapView> server = [];
        await foreach (MapView map in _direct.ListAsync(_informer.Query, MapJson.Default.MapView, CancellationToken.None))
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
