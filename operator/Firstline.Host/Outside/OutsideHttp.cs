using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Firstline.Host.Outside;

/// <summary>How the operator speaks HTTP with what its configuration names: certificates are checked, redirects are not followed, nothing is remembered, and all is bounded.</summary>
internal static class OutsideHttp
{
    /// <summary>How long an answer may take, from the connection to its last byte.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>How the operator calls itself.</summary>
    public const string Program = "firstline-operator";

    /// <summary>A client for one destination.</summary>
    /// <param name="authorityFile">PEM file with the authority of its certificate; null for those that the system trusts.</param>
    /// <exception cref="OperatorStartException">The file cannot be read.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client disposes its handler.")]
    public static HttpClient Client(string? authorityFile) => new(Handler(authorityFile), disposeHandler: true)
    {
        Timeout = TimeLimit,
        DefaultRequestHeaders = { { "User-Agent", Program } },
    };

    /// <summary>What went wrong with a request, in one sentence that names no header and no address.</summary>
    public static string Why(Exception e) => e switch
    {
        OperationCanceledException => $"it has not answered within {TimeLimit.TotalSeconds:0} s",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not trusted",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "its answer is too large",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "it can't be reached (does the operator's NetworkPolicy let it through?)",
        _ => "its answer can't be read",
    };

    /// <summary>What a client of one destination sends by, for those that need a client of their own.</summary>
    /// <param name="authorityFile">PEM file with the authority of its certificate; null for those that the system trusts.</param>
    /// <exception cref="OperatorStartException">The file cannot be read.</exception>
    public static SocketsHttpHandler Handler(string? authorityFile)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.None,
        };
        if (authorityFile is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(authorityFile) };
        }

        return handler;
    }

    private static X509ChainPolicy Trusting(string file)
    {
        try
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
            policy.CustomTrustStore.ImportFromPemFile(file);
            return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("it holds no certificate");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OperatorStartException($"the authority {file} cannot be read: {e.Message}", e);
        }
    }
}
