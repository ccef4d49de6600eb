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
    private const int PodsPerDeployment = 10;
    private static readonly Channel<int> Wanted = Channel.CreateUnbounded<int>();   // each is sent into one watch

    /// <summary>Runs until its standard input ends; prints its address first.</summary>
    public static async Task RunAsync(int pods)
    {
        byte[][] pages = [.. Enumerable.Range(0, (pods + PageSize - 1) / PageSize).Select(page => Page("PodList", page, pods, static i => PodText.Of(i, i + 1)))];
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static k => k.Listen(IPAddress.Loopback, 0));
        await using WebApplication app = builder.Build();
        app.Run(context => AnswerAsync(context, pages, pods));
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        using CancellationTokenSource now = new(TimeSpan.Zero);
        await app.StopAsync(now.Token);
    }

    private static async Task AnswerAsync(HttpContext context, byte[][] pages, int pods)
    {
        if (context.Request.Path == "/emit")
        {
            Wanted.Writer.TryWrite(int.Parse(context.Request.Query["count"].ToString(), CultureInfo.InvariantCulture));
        }
        else if (context.Request.Query["watch"] == "true")
        {
            await WatchAsync(context, pods);
        }
        else
        {
            string given = context.Request.Query["continue"].ToString();
            int page = given.Length == 0 ? 0 : int.Parse(given, CultureInfo.InvariantCulture);
            byte[] body = context.Request.Path.Value switch
            {
                "/api/v1/pods" => pages[page],
                "/apis/apps/v1/replicasets" => Page("ReplicaSetList", page, pods / PodsPerDeployment * RevisionText.PerDeployment, RevisionText.Of),
                _ => Page("List", 0, 0, static _ => []),
            };
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        }
    }

    private static async Task WatchAsync(HttpContext context, int pods)
    {
        await context.Response.Body.FlushAsync();
        int count = await Wanted.Reader.ReadAsync(context.RequestAborted);
        for (int i = 0; i < count; i++)
        {
            await context.Response.Body.WriteAsync("""{"type":"MODIFIED","object":"""u8.ToArray());
            await context.Response.Body.WriteAsync(PodText.Of(i % pods, 2_000_000 + i));
            await context.Response.Body.WriteAsync("}\n"u8.ToArray());
        }

        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

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
