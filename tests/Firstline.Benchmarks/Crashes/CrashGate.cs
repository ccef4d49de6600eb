using System.Net;
using Firstline.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Firstline.Benchmarks.Crashes;

/// <summary>
/// The only way of one operator to the API server. At one of its requests something else happens first, or it closes for good: then nothing that the operator does from then on arrives, and it
/// is dead to the cluster.
/// </summary>
internal sealed class CrashGate : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();
    private readonly HttpClient _server;
    private readonly CrashPoint? _point;
    private readonly Func<Task>? _instead;
    private readonly WebApplication _app;
    private int _count;

    private CrashGate(HttpClient server, CrashPoint? point, Func<Task>? instead)
    {
        (_server, _point, _instead) = (server, point, instead);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Completes when its point has come, with the request.</summary>
    public Task<string> Reached => _reached.Task;

    /// <summary>How many requests came.</summary>
    public int Requests => _count;

    /// <param name="server">A connection to the API server.</param>
    /// <param name="point">Where it closes; null for never.</param>
    /// <param name="instead">What happens there, so that it stays open.</param>
    public static async Task<CrashGate> StartAsync(HttpClient server, CrashPoint? point, Func<Task>? instead = null)
    {
        CrashGate gate = new(server, point, instead);
        await gate._app.StartAsync();
        return gate;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        using CancellationTokenSource now = new(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _closed.Token);
        try
        {
            int number = Interlocked.Increment(ref _count);
            if (_closed.IsCancellationRequested || await ClosesAsync(context, number, isAnswered: false))
            {
                context.Abort();
                return;
            }

            await PassAsync(context, number, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    private async Task PassAsync(HttpContext context, int number, CancellationToken ct)
    {
        using MemoryStream sent = new();
        await context.Request.Body.CopyToAsync(sent, ct);
        using HttpRequestMessage request = ProxiedRequest.Of(context, sent.ToArray());
        using HttpResponseMessage answer = await _server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        bool isWatch = context.Request.Query.ContainsKey("watch");
        byte[] whole = isWatch ? [] : await answer.Content.ReadAsByteArrayAsync(ct);
        if (await ClosesAsync(context, number, isAnswered: true))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(whole, ct);
        await context.Response.Body.FlushAsync(ct);
        if (isWatch)
        {
            await ForwardAsync(await answer.Content.ReadAsStreamAsync(ct), context, ct);
        }
    }

    private static async Task ForwardAsync(Stream frames, HttpContext context, CancellationToken ct)
    {
        byte[] buffer = new byte[64 * 1024];
        for (int read = await frames.ReadAsync(buffer, ct); read > 0; read = await frames.ReadAsync(buffer, ct))
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), ct);
            await context.Response.Body.FlushAsync(ct);
        }
    }

    private async Task<bool> ClosesAsync(HttpContext context, int number, bool isAnswered)
    {
        if (_point is null || _point.Number != number || _point.IsAnswered != isAnswered)
        {
            return false;
        }

        if (_instead is null)
        {
            await _closed.CancelAsync();
        }
        else
        {
            await _instead();
        }

        _reached.TrySetResult($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString.Value?.Split('&')[0]}");
        return _instead is null;
    }
}
