using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Firstline.DevServer.Http.Security;
using Firstline.DevServer.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Firstline.DevServer.Http;

/// <summary>An embedded Kubernetes API server on loopback, for demos, rehearsals and tests: real HTTP, objects in memory.</summary>
/// <remarks>A stand-in for kube-apiserver, never its definition: <see cref="Limits"/> says what it does not do.</remarks>
public sealed class DevApiServer : IAsyncDisposable
{
    private const int MaxStreams = 1000;

    private readonly WebApplication app;
    private readonly ServerResources resources;
    private readonly ServerParts parts;
    private readonly Task workers;

    private DevApiServer(WebApplication app, ServerResources resources, ServerParts parts)
    {
        this.app = app;
        this.resources = resources;
        this.parts = parts;
        workers = parts.RunWorkersAsync();
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    /// <summary>What a cluster does and this server does not, one sentence each.</summary>
    public static ImmutableArray<string> Limits => DevServerLimits.Sentences;

    /// <summary>Where it listens, such as <c>https://127.0.0.1:6443</c>.</summary>
    public Uri Url { get; }

    /// <summary>Users with their tokens, the administrator first.</summary>
    public ImmutableArray<DevUser> Users => parts.Tokens.Users;

    /// <summary>The certificate authority in PEM; null for plain HTTP.</summary>
    public string? AuthorityPem => resources.Certificate?.AuthorityPem;

    /// <summary>A kubeconfig with one context per user, the administrator's current.</summary>
    public string KubeconfigText => Kubeconfig.Format(Url, AuthorityPem, Users, Users[0]);

    /// <exception cref="DevServerException">The port is taken, the folder cannot be used, or an initial object is refused.</exception>
    public static async Task<DevApiServer> StartAsync(DevServerOptions options, CancellationToken cancellation)
    {
        ServerResources resources = new(options);
        try
        {
            return await StartAsync(options, resources, cancellation);
        }
        catch
        {
            resources.Dispose();
            throw;
        }
    }

    /// <summary>Writes <see cref="KubeconfigText"/> to a file that only its owner may read.</summary>
    /// <returns>The full path, for <c>KUBECONFIG</c>.</returns>
    public string WriteKubeconfig(string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        FileStreamOptions writing = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            writing.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter file = new(full, writing);
        file.Write(KubeconfigText);
        return full;
    }

    /// <summary>Ends all watches, then the server; what was acknowledged is kept where there is a folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await resources.Stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        await workers;
        resources.Dispose();
    }

    private static async Task<DevApiServer> StartAsync(DevServerOptions options, ServerResources resources, CancellationToken cancellation)
    {
        WebApplication app = Build(options, resources.Certificate);
        try
        {
            ObjectStore store = new(options.WatchHistory, resources.Journal, resources.Journal?.State);
            ServerParts parts = new(options, resources.Users, store, app.Services.GetRequiredService<ILoggerFactory>(), resources.Stopping.Token);
            InitialContent.Create(parts, options);
            app.Run(parts.Router.HandleAsync);
            await app.StartAsync(cancellation);
            return new DevApiServer(app, resources, parts);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new DevServerException($"port {options.Port} of 127.0.0.1 cannot be used: {e.Message} Choose another port, or 0 for a free one.", e);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(DevServerOptions options, ServerCertificate? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(logging => options.Logging?.Invoke(logging));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreams;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate.Server);
                }
            });
        });
        return builder.Build();
    }
}
