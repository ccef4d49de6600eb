using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Firstline.Api.Meta;
using Firstline.DevServer.Http;
using Firstline.Kube.Client;
using Firstline.Kube.Config;

namespace Firstline.Faults;

/// <summary>The API server behind all proxies, and the way to it that knows no faults.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly ResourceType Namespaces = new("", "v1", "Namespace", "namespaces", ResourceScope.Cluster);
    private readonly DevApiServer _server;
    private readonly KubeClient _direct;

    private World(DevApiServer server, ConnectionTally connections)
    {
        Connections = connections;
        _server = server;
        Credentials = new StaticCredentials(new Credential { Token = server.Users[0].Token });
        _direct = new KubeClient(new ClusterAccess { Server = server.Url, Credentials = Credentials }, TimeProvider.System);
        Server = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = server.Url, Timeout = Timeout.InfiniteTimeSpan,
        };
        Server.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public ICredentials Credentials { get; }

    /// <summary>Of the proxies that speak TLS.</summary>
    public X509Certificate2 Certificate { get; } = TestCertificate.Create();

    /// <summary>What the proxies did to connections.</summary>
    public ConnectionTally Connections { get; }

    /// <summary>For the proxies.</summary>
    public HttpClient Server { get; }

    /// <summary>Past the proxies.</summary>
    public IKubeClient Direct => _direct;

    // Few changes are remembered, so that watches and pages expire by themselves too.
    public static async Task<World> StartAsync(ConnectionTally connections) => new(await DevApiServer.StartAsync(
        new DevServerOptions
        {
            Time = TimeProvider.System, Security = TransportSecurity.None, WatchHistory = 120, BookmarkInterval = TimeSpan.FromMilliseconds(100),
        },
        CancellationToken.None), connections);

    public Task CreateNamespaceAsync(string name) => _direct.CreateAsync(
        Namespaces, "", Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}"""), CancellationToken.None);

    public Task DeleteNamespaceAsync(string name) => _direct.DeleteAsync(Namespaces, new("", name), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        _direct.Dispose();
        Certificate.Dispose();
        await _server.DisposeAsync();
    }
}
