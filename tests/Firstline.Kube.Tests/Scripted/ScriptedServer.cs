using System.Threading.Channels;
using Firstline.Kube.Client;
using Firstline.Kube.Config;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Tests.Scripted;

/// <summary>A real HTTP server that hands each request to the test, which answers it byte by byte.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Exchange> _requests = Channel.CreateUnbounded<Exchange>();

    private readonly System.Collections.Concurrent.ConcurrentBag<Exchange> _all = [];

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public ClusterAccess Access => new() { Server = Address, Source = "the test" };

    public static async Task<ScriptedServer> StartAsync(Action<ListenOptions>? listen = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, listen ?? (_ => { })));
        WebApplication app = builder.Build();
        ScriptedServer server = new(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public KubeClient Client(TimeProvider? clock = null, KubeClientOptions? options = null) => new(Access, clock ?? TimeProvider.System, options);

    /// <summary>The next request that arrives.</summary>
    public Task<Exchange> NextAsync() => NextAsync(Patience.Token);

    /// <summary>The next request that arrives, whenever that is.</summary>
    public async Task<Exchange> NextAsync(CancellationToken ct) => await _requests.Reader.ReadAsync(ct);

    /// <summary>True while no request waits to be answered.</summary>
    public bool IsIdle => !_requests.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        foreach (Exchange exchange in _all)
        {
            exchange.Abort();
        }

        using CancellationTokenSource now = new(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        Exchange exchange = new(context, body.ToArray());
        _all.Add(exchange);
        await _requests.Writer.WriteAsync(exchange);
        await exchange.Ended;
    }
}
