using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Firstline.Faults;

/// <summary>An HTTP proxy before an API server in which everything goes wrong that the plan says.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int Watch = 0, Read = 1, Write = 2;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _earlier = new(StringComparer.Ordinal);
    private readonly HttpClient _server;
    private readonly FaultPlan _plan;
    private readonly WebApplication _app;
    private Relay? _relay;
    private readonly ConnectionTally _tally;
    private readonly Pulse _moved = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connections;
    private volatile bool _isEnding;

    private FaultProxy(HttpClient server, FaultPlan plan, X509Certificate2? certificate, ConnectionTally tally)
    {
        (_server, _plan, _tally) = (server, plan, tally);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen =>
        {
            CountConnections(listen);
            _ = certificate is null ? listen : listen.UseHttps(certificate);
        }));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri Address => _relay is { } relay ? new UriBuilder(Listening) { Port = relay.Port }.Uri : Listening;

    /// <summary>Completes when the next request has been dealt with, or the next frame of a watch has gone on.</summary>
    public Task Moved => _moved.Next;

    private Uri Listening => new(_app.Urls.Single());

    /// <param name="server">The API server.</param>
    /// <param name="plan">What goes wrong.</param>
    /// <param name="certificate">Of a proxy that speaks TLS and HTTP/2, where all requests share a connection and its faults; null for HTTP/1.1 in plain text.</param>
    /// <param name="tally">Where the faults of whole connections are counted.</param>
    public static async Task<FaultProxy> StartAsync(HttpClient server, FaultPlan plan, X509Certificate2? certificate = null, ConnectionTally? tally = null)
    {
        FaultProxy proxy = new(server, plan, certificate, tally ?? new ConnectionTally());
        await proxy._app.StartAsync();
        proxy._relay = certificate is null ? null : new Relay(proxy.Listening);
        return proxy;
    }

    /// <summary>Completes when the clients have closed every connection: they are to do that by themselves.</summary>
    public Task AllClosedAsync()
    {
        _isEnding = true;
        CheckIdle();
        return _idle.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        using CancellationTokenSource now = new(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private void CountConnections(ListenOptions listen) => listen.Use(next => async connection =>
    {
        Interlocked.Increment(ref _connections);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
            CheckIdle();
        }
    });

    private void CheckIdle()
    {
        if (_isEnding && Volatile.Read(ref _connections) == 0)
        {
            _idle.TrySetResult();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            bool isWatch = context.Request.Query["watch"] == "true";
            int kind = isWatch ? Watch : HttpMethods.IsGet(context.Request.Method) ? Read : Write;
            Random random = _plan.Next(kind);
            await Task.Delay(_plan.Latency(random), context.RequestAborted);   // the fault itself: a slow network
            if (_relay is not null)
            {
                Harm(_relay, _plan.OfConnection(random), context.Request.Protocol);
            }

            await (isWatch ? WatchAsync(context, random) : AnswerAsync(context, kind == Read ? _plan.OfRead(random) : _plan.OfWrite(random), random));
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();   // the client is gone
        }
        finally
        {
            _moved.Beat();
        }
    }

    private void Harm(Relay relay, ConnectionFault fault, string protocol)
    {
        _tally.Count(protocol, fault);
        if (fault == ConnectionFault.Reset)
        {
            relay.Reset();
        }
        else if (fault == ConnectionFault.Silent)
        {
            relay.FallSilent();
        }
    }

    private async Task WatchAsync(HttpContext context, Random random)
    {
        (bool isRefused, WatchScript script) = _plan.OfWatch(random);
        if (isRefused)
        {
            await Refusal.WriteAsync(context, random.Next(2) == 0 ? 410 : Refusal.Any(random));
            return;
        }

        using HttpResponseMessage answer = await _server.SendAsync(ProxiedRequest.Of(context, []), HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await using Stream frames = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        await new WatchForwarder(context, script, _moved).RunAsync(frames);
    }

    private async Task AnswerAsync(HttpContext context, AnswerFault fault, Random random)
    {
        string url = context.Request.Path + context.Request.QueryString.Value;
        if (fault == AnswerFault.Refused)
        {
            await Refusal.WriteAsync(context, Refusal.Any(random));
        }
        else if (fault == AnswerFault.Stale && _earlier.TryGetValue(url, out ConcurrentQueue<byte[]>? earlier) && earlier.TryPeek(out byte[]? stale))
        {
            await WriteAsync(context, 200, stale, AnswerFault.None);
        }
        else
        {
            (int code, byte[] body) = await AskAsync(context);
            Remember(context, url, code, body);
            await WriteAsync(context, code, body, fault);
        }
    }

    private async Task<(int Code, byte[] Body)> AskAsync(HttpContext context)
    {
        using MemoryStream sent = new();
        await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
        using HttpResponseMessage answer = await _server.SendAsync(ProxiedRequest.Of(context, sent.ToArray()), context.RequestAborted);
        return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(context.RequestAborted));
    }

    /// <summary>Keeps the last few answers to each reading request.</summary>
    private void Remember(HttpContext context, string url, int code, byte[] body)
    {
        if (code != 200 || !HttpMethods.IsGet(context.Request.Method))
        {
            return;
        }

        ConcurrentQueue<byte[]> kept = _earlier.GetOrAdd(url, static _ => new());
        kept.Enqueue(body);
        if (kept.Count > 4)
        {
            kept.TryDequeue(out _);
        }
    }

    private static async Task WriteAsync(HttpContext context, int code, byte[] body, AnswerFault fault)
    {
        if (fault == AnswerFault.DoneButError)
        {
            await Refusal.WriteAsync(context, 500);
            return;
        }

        bool isWhole = fault is AnswerFault.None or AnswerFault.Stale;
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        if (fault != AnswerFault.DoneButReset)
        {
            await context.Response.Body.WriteAsync(isWhole ? body : body.AsMemory(0, body.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        if (fault == AnswerFault.SilentInBody)
        {
            await ClientGone.WaitAsync(context);
        }

        if (!isWhole)
        {
            context.Abort();
        }
    }
}
