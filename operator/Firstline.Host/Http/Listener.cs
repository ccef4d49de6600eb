using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Firstline.Host.Options;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Firstline.Host.Http;

/// <summary>One HTTP listener with its routes.</summary>
internal sealed class Listener : IAsyncDisposable
{
    /// <summary>How long requests in work may go on once it stops.</summary>
    internal static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(5);

    private readonly ServerCertificate? _certificate;
    private readonly ClientAuthority? _clients;
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;

    private Listener(ListenerOptions options, long maxBodyBytes, TimeProvider clock, ILoggerFactory logs)
    {
        _certificate = options.TlsCertificateFile is { } file ? new ServerCertificate(file, options.TlsKeyFile ?? file, clock) : null;
        _certificate?.Get();
        _clients = options.TlsClientAuthorityFile is { } authority ? new ClientAuthority(authority, clock) : null;
        _clients?.Get();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = maxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Listen(options.Address, options.Port, UseTls);
        });
        _app = builder.Build();
        _clock = clock;
    }

    /// <summary>Where it really listens, with the port that was chosen when 0 was asked for.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <exception cref="OperatorStartException">It cannot listen there; the message says which option to change.</exception>
    public static async Task<Listener> StartAsync(
        ListenerOptions options, ImmutableArray<HttpRoute> routes, long maxBodyBytes, TimeProvider clock, ILoggerFactory logs, CancellationToken ct)
    {
        Listener listener = new(options, maxBodyBytes, clock, logs);
        listener._app.Run(new RouteTable(routes).HandleAsync);
        try
        {
            await listener._app.StartAsync(ct);
            return listener;
        }
        catch (Exception e) when (e is IOException or SocketException)   // Kestrel wraps a port in use alone
        {
            await listener.DisposeAsync();
            throw new OperatorStartException(Problem(options, e), e);
        }
    }

    /// <summary>Takes no more requests, and lets those in work have their answers for <see cref="LastAnswers"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(LastAnswers, _clock);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private void UseTls(ListenOptions endpoint)
    {
        if (_certificate is not null)
        {
            endpoint.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = _certificate.Get(), ClientCertificateRequired = _clients is not null, CertificateChainPolicy = _clients?.Get(),
                }),
            });
        }
    }

    internal static string Problem(ListenerOptions options, Exception e) => (e as SocketException ?? e.InnerException) switch
    {
        AddressInUseException => $"port {options.Port} of {options.Address} is in use by another program: choose another with {options.Option}-port",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"port {options.Port} of {options.Address} may not be opened by this user: choose one above 1023 with {options.Option}-port",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => $"{options.Address} is no address of this machine: choose another with {options.Option}-address",
        _ => $"cannot listen on {new IPEndPoint(options.Address, options.Port)}: {e.Message}",
    };
}
