using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using Firstline.Kube.Config;

namespace Firstline.Kube.Client;

/// <summary>One try of one request: connection, headers, metrics, errors.</summary>
internal sealed class KubeTransport : IDisposable
{
    private readonly ClusterAccess _access;
    private readonly KubeClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private HttpClient _http;
    private HttpClient? _retired;
    private Credential? _newest;

    public KubeTransport(ClusterAccess access, KubeClientOptions options, TimeProvider clock)
    {
        (_access, _options, _clock) = (access, options, clock);
        _http = CreateHttp();
    }

    public string Host => _access.Server.Authority;

    /// <summary>The answer's headers, when the server says that all is well.</summary>
    /// <exception cref="KubeException">It says otherwise.</exception>
    public async Task<HttpResponseMessage> SendAsync(KubeRequest request, Credential credential, CancellationToken ct)
    {
        HttpResponseMessage response = await AskAsync(request, credential, ct);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(ct);
            throw KubeErrors.From(request, response.StatusCode, body, RetryAfter(response));
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _retired?.Dispose();
    }

    private async Task<HttpResponseMessage> AskAsync(KubeRequest request, Credential credential, CancellationToken ct)
    {
        using HttpRequestMessage message = CreateMessage(request, credential);
        HttpClient http = ConnectionsOf(credential);
        long start = _clock.GetTimestamp();
        try
        {
            HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
            ClientMetrics.Answered(request, Host, (int)response.StatusCode, _clock.GetElapsedTime(start));
            return response;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            ClientMetrics.Failed(request, Host, _clock.GetElapsedTime(start));
            throw;
        }
    }

    /// <summary>
    /// The connections that were opened with this client certificate. A server takes the certificate of the connection for that of each request on
    /// it, so that after a rotation new ones are needed; what runs on the old ones goes on until the next rotation. A request that got its credential
    /// before a rotation and comes here after it is no rotation back.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The field owns it; Dispose and the next rotation but one end it.")]
    private HttpClient ConnectionsOf(Credential credential)
    {
        lock (_gate)
        {
            if (credential.Certificate is not { Thumbprint: var thumbprint } || credential.Order <= _newest?.Order)
            {
                return _http;
            }

            if (_newest is not null && _newest.Certificate?.Thumbprint != thumbprint)
            {
                _retired?.Dispose();
                (_retired, _http) = (_http, CreateHttp());
            }

            _newest = credential;
            return _http;
        }
    }

    // Named without a fallback: a server that cannot send metadata alone is to refuse, and not to send the rest.
    private static string Accept(KubeRequest request) => (request.MetadataOnly, request.Verb) switch
    {
        (false, _) => "application/json",
        (true, KubeVerb.List) => "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
        _ => "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
    };

    private HttpRequestMessage CreateMessage(KubeRequest request, Credential credential)
    {
        HttpRequestMessage message = new(request.Method, new Uri(_access.Server.AbsoluteUri.TrimEnd('/') + request.PathAndQuery()))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", Accept(request));
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.Authorization = credential switch
        {
            { Token: { } token } => new AuthenticationHeaderValue("Bearer", token),
            { Basic: { } basic } => new AuthenticationHeaderValue("Basic", basic),
            _ => null,
        };
        if (!request.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        return message;
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client disposes its handler.")]
    private HttpClient CreateHttp() => new(CreateHandler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    private SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = new KubeConnector(_access, _options.ConnectTimeout, _clock).ConnectAsync,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        MaxConnectionsPerServer = (2 * _options.MaxConcurrentRequests) + 96,   // HTTP/1.1 servers: each watch holds one
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),             // rotated certificates come into use
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = _options.KeepAliveDelay,
        KeepAlivePingTimeout = _options.KeepAliveTimeout,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _clock.GetUtcNow() => date - _clock.GetUtcNow(),
        _ => null,
    };
}
