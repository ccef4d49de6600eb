using System.Security.Cryptography.X509Certificates;
using Firstline.DevServer.Http;

namespace Firstline.DevServer.Tests.Simulation;

/// <summary>The embedded server; or, where FIRSTLINE_SIM_SERVER, _TOKEN and _CA name one, a real API server without controllers.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    /// <summary>Tests on one server share its nodes, which one of them drains: they run one after another.</summary>
    public const string Collection = "cluster";

    private readonly DevApiServer? _embedded;

    private ApiUnderTest(DevApiServer? embedded, Uri url, string token, string authorityFile)
    {
        _embedded = embedded;
        Url = url;
        Token = token;
        AuthorityFile = authorityFile;
    }

    public Uri Url { get; }

    public string Token { get; }

    /// <summary>File with the certificate authority in PEM.</summary>
    public string AuthorityFile { get; }

    public static async Task<ApiUnderTest> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("FIRSTLINE_SIM_SERVER") is { Length: > 0 } named)
        {
            return new ApiUnderTest(null, new Uri(named), Variable("FIRSTLINE_SIM_TOKEN"), Variable("FIRSTLINE_SIM_CA"));
        }

        DevApiServer embedded = await DevApiServer.StartAsync(new DevServerOptions { Time = TimeProvider.System }, CancellationToken.None);
        string authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, embedded.AuthorityPem);
        return new ApiUnderTest(embedded, embedded.Url, embedded.Users[0].Token!, authority);
    }

    public SocketsHttpHandler Transport()
    {
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(AuthorityFile);
        SocketsHttpHandler handler = new();
        handler.SslOptions.CertificateChainPolicy = trust;
        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
            File.Delete(AuthorityFile);
        }
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} must be set beside FIRSTLINE_SIM_SERVER");
}
