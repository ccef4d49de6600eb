using System.Globalization;
using System.Text;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;

namespace Firstline.Benchmarks.Caches;

/// <summary>How long the operator's cache of pods takes to fill from a real API server, beside reading the same pages off the socket: there the server writes the JSON that it sends.</summary>
internal static class ClusterSync
{
    private const int Rounds = 5;

    /// <summary>Prints the figures; true when the bar holds.</summary>
    /// <param name="kubeconfig">File that names the API server, whose administrator this is.</param>
    /// <param name="pods">How many are created there, and removed again.</param>
    public static async Task<bool> RunAsync(string kubeconfig, int pods)
    {
        ClusterAccess access = KubeConfig.Load(new KubeConfigOptions { Path = kubeconfig, Clock = TimeProvider.System });
        using KubeClient client = new(access, TimeProvider.System);
        await using ClusterPods created = await ClusterPods.CreateAsync(client, pods);
        using PlainReader plain = await PlainReader.ConnectAsync(access);
        int pageSize = new InformerOptions().PageSize;
        string path = $"/api/v1/namespaces/{created.Namespace}/pods";
        CacheProbe.Warm<PodFacts>(PodProjection.Update);
        long bytes = await plain.ReadAsync(path, pageSize);
        await SyncAsync(client, created.Namespace, pods);

        // One after the other, so that what else the machine does meets both.
        List<(Duration Socket, Duration Sync)> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            rounds.Add((await CacheProbe.TimedAsync(() => plain.ReadAsync(path, pageSize)), await CacheProbe.TimedAsync(() => SyncAsync(client, created.Namespace, pods))));
        }

        StringBuilder text = new(string.Create(
            CultureInfo.InvariantCulture, $"{pods} pods of {bytes / 1e3 / pods:0.0} KB on the API server of {kubeconfig}, pages of {pageSize}, on the clock:\n"));
        foreach ((Duration socket, Duration sync) in rounds)
        {
            text.Append(CultureInfo.InvariantCulture, $"        socket {socket.Wall,6:0} ms   sync {sync.Wall,6:0} ms   ratio {sync.Wall / socket.Wall:0.00}\n");
        }

        double[] ratios = [.. rounds.Select(static r => r.Sync.Wall / r.Socket.Wall).Order()];
        bool holds = CacheBenchmark.Judge(text, $"sync time over reading the socket, median of {Rounds}", ratios[Rounds / 2], CacheBenchmark.SyncBar);
        Console.WriteLine(text);
        return holds;
    }

    private static async Task SyncAsync(KubeClient client, string ns, int pods)
    {
        using CancellationTokenSource stop = new();
        SharedInformers informers = new(client, TimeProvider.System);
        Informer<PodFacts> informer = informers.Get<PodFacts>(new ResourceQuery(BuiltinTypes.Pods, ns), PodProjection.Update);
        informers.Start(stop.Token);
        await informer.WaitForSyncAsync(CancellationToken.None);
        int held = informer.List().Length;
        await stop.CancelAsync();
        await informers.StoppedAsync();
        if (held != pods)
        {
            throw new InvalidOperationException($"the cache holds {held} pods where {pods} were created");
        }
    }
}
