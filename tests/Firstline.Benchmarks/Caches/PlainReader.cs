using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Firstline.Kube.Config;

namespace Firstline.Benchmarks.Caches;

/// <summary>Reads a list in pages off the socket and throws it away: what any client has to wait for.</summary>
internal sealed partial class PlainReader : IDisposable
{
    private const int HeadLength = 1024;   // the list's own metadata comes before its items

    private readonly HttpClient _http;

    private PlainReader(HttpClient http) => _http = http;

    public static async Task<PlainReader> ConnectAsync(ClusterAccess access)
    {
        Credential credential = await access.Credentials.GetAsync(CancellationToken.None);
        SocketsHttpHandler handler = new() { UseProxy = false };
        if (access.Authorities is { } authorities)
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities());
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        handler.SslOptions.ClientCertificates = credential.Certificate is { } own ? [own] : null;
        HttpClient http = new(handler) { BaseAddress = access.Server, DefaultRequestVersion = HttpVersion.Version20 };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        http.DefaultRequestHeaders.Authorization = credential.Token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        return new PlainReader(http);
    }

    /// <summary>All pages; how many bytes they have.</summary>
    public async Task<long> ReadAsync(string path, int pageSize)
    {
        long read = 0;
        string next = "";
        do
        {
            string page = string.Create(CultureInfo.InvariantCulture, $"{path}?limit={pageSize}{(next.Length == 0 ? "" : $"&continue={Uri.EscapeDataString(next)}")}");
            await using Stream body = await _http.GetStreamAsync(new Uri(page, UriKind.Relative));
            (next, long bytes) = await ReadPageAsync(body);
            read += bytes;
        }
        while (next.Length > 0);

        return read;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<(string Next, long Bytes)> ReadPageAsync(Stream body)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        int head = await body.ReadAtLeastAsync(buffer.AsMemory(0, HeadLength), HeadLength, throwOnEndOfStream: false);
        Match match = Continue().Match(Encoding.UTF8.GetString(buffer, 0, head));
        long bytes = head;
        while (await body.ReadAsync(buffer) is > 0 and int count)
        {
            bytes += count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return (match.Groups["token"].Value, bytes);
    }

    [GeneratedRegex("""^\{[^\[]*"continue":"(?<token>[^"]+)"[^\[]*"items":\[""")]
    private static partial Regex Continue();
}
