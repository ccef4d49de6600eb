using System.Diagnostics;
using System.Text.Json;
using Firstline.Controllers.Observation;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Firstline.Kube.Informers;

namespace Firstline.Benchmarks.Caches;

/// <summary>Fills one cache of pods and measures it.</summary>
internal static class CacheProbe
{
    private const int Events = 5000;

    /// <param name="server">The pod server.</param>
    /// <param name="kind"><c>projected</c>: what the operator keeps; <c>document</c>: whole objects.</param>
    public static Task<CacheFigures> RunAsync(Uri server, string kind) => kind == "projected"
        ? RunAsync<PodFacts>(server, PodProjection.Update, static informers => new ClusterCache(informers, new Controllers.OperatorOptions("firstline-system"), TimeProvider.System))
        : RunAsync<JsonDocument>(server, Whole, static informers => informers.Get<JsonDocument>(new ResourceQuery(BuiltinTypes.ReplicaSets), Whole));

    private static JsonDocument Whole(ReadOnlySpan<byte> json, JsonDocument? last) => JsonDocument.Parse(json.ToArray());

    private static async Task<CacheFigures> RunAsync<T>(Uri server, Reprojection<T> projection, Func<SharedInformers, object> rest)
        where T : class
    {
        using HttpClient http = new();
        await ReadAllAsync(http, server);
        Duration socket = await TimedAsync(() => ReadAllAsync(http, server));
        await ReadTokensAsync(http, server);
        Duration tokens = await TimedAsync(() => ReadTokensAsync(http, server));
        using KubeClient client = new(new ClusterAccess { Server = server }, TimeProvider.System);
        Warm(projection);
        long before = Live();

        using CancellationTokenSource stop = new();
        SharedInformers informers = new(client, TimeProvider.System, null, new InformerOptions { PageSize = PodServer.PageSize });
        Informer<T> informer = informers.Get(new ResourceQuery(BuiltinTypes.Pods), projection);
        using CountdownEvent remaining = new(Events);
        Duration sync = await TimedAsync(async () =>
        {
            informers.Start(stop.Token);
            await informer.WaitForSyncAsync(CancellationToken.None);
        });
        long live = Live() - before;
        informer.AddHandler(change => _ = change.Old is not null && change.New is not null && remaining.Signal());
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        await http.GetAsync(new Uri(server, $"/emit?count={Events}&step=1"));
        await Task.Run(remaining.Wait);
        double perEvent = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / Events;
        object all = rest(informers);   // with its indexes, and the ReplicaSets
        await informers.WaitForSyncAsync(CancellationToken.None);
        long liveOfAll = Live() - before;
        CacheFigures figures = new(live / 1e6, liveOfAll / 1e6, Environment.WorkingSet / 1e6, socket, tokens, sync, perEvent);
        GC.KeepAlive(all);
        await stop.CancelAsync();
        await informers.StoppedAsync();
        return figures;
    }

    /// <summary>An operator decodes pods with compiled code; so does this.</summary>
    internal static void Warm<T>(Reprojection<T> projection)
        where T : class
    {
        byte[] pod = PodText.Of(1, 1);
        for (int i = 0; i < 3000; i++)
        {
            projection(pod, null);
        }
    }

    private static async Task ReadAllAsync(HttpClient http, Uri server)
    {
        byte[] buffer = new byte[64 * 1024];
        int page = 0;
        long read;
        do
        {
            read = 0;
            await using Stream body = await http.GetStreamAsync(new Uri(server, $"/api/v1/pods?limit={PodServer.PageSize}&continue={page}"));
            byte[] head = new byte[256];
            await body.ReadExactlyAsync(head);
            while (await body.ReadAsync(buffer) is > 0 and int count)
            {
                read += count;
            }

            page = System.Text.Encoding.UTF8.GetString(head).Contains("\"continue\":\"\"", StringComparison.Ordinal) ? -1 : page + 1;
        }
        while (page > 0 && read > 0);
    }

    private static async Task ReadTokensAsync(HttpClient http, Uri server)
    {
        int page = 0;
        bool isLast;
        do
        {
            byte[] body = await http.GetByteArrayAsync(new Uri(server, $"/api/v1/pods?limit={PodServer.PageSize}&continue={page++}"));
            isLast = body.AsSpan(0, 256).IndexOf("\"continue\":\"\""u8) >= 0;
            Utf8JsonReader reader = new(body);
            while (reader.Read())
            {
            }
        }
        while (!isLast);
    }

    internal static async Task<Duration> TimedAsync(Func<Task> work)
    {
        (TimeSpan processor, long wall) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await work();
        return new((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds, Stopwatch.GetElapsedTime(wall).TotalMilliseconds);
    }

    private static long Live()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
