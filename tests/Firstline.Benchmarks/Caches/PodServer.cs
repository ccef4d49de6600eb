using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Caches;

/// <summary>Answers lists of pods from ready bytes and lists of the ReplicaSets that go with them, all else is empty; and sends changes into watches on demand, so that the server costs next to nothing.</summary>
internal static class PodServer
{
    public const int PageSize = 500;
    public const int PodsPerDeployment = 10;
    private static readonly Channel<int[]> Wanted = Channel.CreateUnbounded<int[]>();   // pods that are to change, by number; each batch is sent into the newest watch
    private static TaskCompletionSource s_newest = new();
    private static long s_version = 2_000_000;

    /// <summary>Runs until its standard input ends; prints its address first.</summary>
    /// <param name="pods">How many there are.</param>
    /// <param name="hasDeployments">True to list the Deployments that they are of, too.</param>
    public static async Task RunAsync(int pods, bool hasDeployments)
    {
        byte[][] pages = [.. Enumerable.Range(0, (pods + PageSize - 1) / PageSize).Select(page => Page("PodList", page, pods, static i => PodText.Of(i, i + 1)))];
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static k => k.Listen(IPAddress.Loopback, 0));
        await using WebApplication app = builder.Build();
        app.Run(context => AnswerAsync(context, pages, pods, hasDeployments));
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        using CancellationTokenSource now = new(TimeSpan.Zero);
        await app.StopAsync(now.Token);
    }

    private static async Task AnswerAsync(HttpContext context, byte[][] pages, int pods, bool hasDeployments)
    {
        if (context.Request.Path == "/emit")
        {
            (int count, int step) = (Number(context, "count"), Number(context, "step"));
            Wanted.Writer.TryWrite([.. Enumerable.Range(0, count).Select(i => (int)((long)i * step % pods))]);
        }
        else if (context.Request.Query["watch"] == "true")
        {
            await WatchAsync(context);
        }
        else
        {
            string given = context.Request.Query["continue"].ToString();
            int page = given.Length == 0 ? 0 : int.Parse(given, CultureInfo.InvariantCulture);
            byte[] body = context.Request.Path.Value switch
            {
                "/api/v1/pods" => pages[page],
                "/apis/apps/v1/replicasets" => Page("ReplicaSetList", page, pods / PodsPerDeployment * RevisionText.PerDeployment, RevisionText.Of),
                "/apis/apps/v1/deployments" when hasDeployments => Page("DeploymentList", page, pods / PodsPerDeployment, RevisionText.OfDeployment),
                _ => Page("List", 0, 0, static _ => []),
            };
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        }
    }

    private static async Task WatchAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync();
        if (context.Request.Path != "/api/v1/pods")
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        TaskCompletionSource followed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref s_newest, followed).TrySetResult();   // a client that is gone must not take what the next one waits for
        while (!followed.Task.IsCompleted && !context.RequestAborted.IsCancellationRequested)
        {
            await Task.WhenAny(followed.Task, Wanted.Reader.WaitToReadAsync(context.RequestAborted).AsTask());
            if (!followed.Task.IsCompleted && Wanted.Reader.TryRead(out int[]? batch))
            {
                await SendAsync(context, batch);
            }
        }
    }

    private static async Task SendAsync(HttpContext context, int[] batch)
    {
        foreach (int pod in batch)
        {
            await context.Response.Body.WriteAsync("""{"type":"MODIFIED","object":"""u8.ToArray());
            await context.Response.Body.WriteAsync(PodText.Of(pod, Interlocked.Increment(ref s_version)));
            await context.Response.Body.WriteAsync("}\n"u8.ToArray());
        }

        await context.Response.Body.FlushAsync();
    }

    private static int Number(HttpContext context, string name) => int.Parse(context.Request.Query[name].ToString(), CultureInfo.InvariantCulture);

    private static byte[] Page(string kind, int page, int count, Func<int, byte[]> item)
    {
        int end = Math.Min(count, (page + 1) * PageSize);
        string next = end < count ? (page + 1).ToString(CultureInfo.InvariantCulture) : "";
        using MemoryStream body = new();
        body.Write(Encoding.UTF8.GetBytes($$"""{"kind":"{{kind}}","apiVersion":"v1","metadata":{"resourceVersion":"1000000","continue":"{{next}}"},"items":["""));
        for (int i = page * PageSize; i < end; i++)
        {
            body.Write(item(i));
            body.Write(i + 1 < end ? ","u8 : []);
        }

        body.Write("]}"u8);
        return body.ToArray();
    }
}
