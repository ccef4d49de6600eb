using System.Threading.Channels;
using Firstline.Kube.Client;
using Firstline.Kube.Informers;
using Firstline.Kube.Queue;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>A started informer of pods against a scripted server, with every change in a channel; no waits between tries.</summary>
internal sealed class InformerBench : IAsyncDisposable
{
    private static readonly Backoff NoWait = new(TimeSpan.Zero, TimeSpan.Zero);
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Channel<ResourceChange<PodView>> _changes = Channel.CreateUnbounded<ResourceChange<PodView>>();
    private readonly KubeClient _client;

    private InformerBench(ScriptedServer server, ManualTimeProvider clock, Backoff reconnect, string selector)
    {
        (Server, Clock) = (server, clock);
        _client = server.Client(clock, new KubeClientOptions { MaxRetries = 0 });
        Informers = new SharedInformers(_client, clock, Log, new InformerOptions { Reconnect = reconnect }, new Random(1));
        Informer = Informers.Get(new ResourceQuery(PodView.Type, "", selector), TestJson.Default.PodView);
        Informer.AddHandler(change => _changes.Writer.TryWrite(change));
    }

    public ScriptedServer Server { get; }

    public ManualTimeProvider Clock { get; }

    public KubeClient Client => _client;

    public LogLines Log { get; } = new();

    public SharedInformers Informers { get; }

    public Informer<PodView> Informer { get; }

    /// <param name="reconnect">Waits between tries; null for none.</param>
    /// <param name="selector">Label selector.</param>
    public static async Task<InformerBench> StartAsync(Backoff? reconnect = null, string selector = "")
    {
        InformerBench bench = new(await ScriptedServer.StartAsync(), new ManualTimeProvider(), reconnect ?? NoWait, selector);
        bench.Informers.Start(bench._lifetime.Token);
        return bench;
    }

    /// <summary>Answers the first list and hands out the watch that follows.</summary>
    public async Task<Exchange> ListedAsync(string version, params string[] pods)
    {
        Exchange list = await Server.NextAsync();
        list.IsWatch.Should().BeFalse("a list comes first");
        await list.AnswerAsync(ServerJson.List(version, pods));
        return await WatchAsync();
    }

    public async Task<Exchange> WatchAsync()
    {
        Exchange watch = await Server.NextAsync();
        watch.IsWatch.Should().BeTrue("after a list the informer watches");
        return watch;
    }

    public async Task<ResourceChange<PodView>> ChangeAsync() => await _changes.Reader.ReadAsync(Patience.Token);

    public bool HasNoChange => !_changes.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync();
        await Informers.StoppedAsync();
        _client.Dispose();
        await Server.DisposeAsync();
        _lifetime.Dispose();
    }
}
