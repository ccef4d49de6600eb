using System.Text.Json;
using Firstline.Kube.Config;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;

namespace Firstline.Kube.Client;

/// <summary>
/// The connection to a real API server: HTTP/2 where it offers it, TLS checked against its own authority, requests that may be
/// repeated are retried, Retry-After is honoured. Keep one per process; it is safe for concurrent use.
/// </summary>
public sealed partial class KubeClient : IKubeClient, IDisposable
{
    private readonly KubeClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ICredentials _credentials;
    private readonly KubeTransport _transport;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _listSlots;   // their own: lists that hang hold up no write
    private readonly ResiliencePipeline _retry;

    public KubeClient(ClusterAccess access, TimeProvider clock, KubeClientOptions? options = null, ILogger<KubeClient>? log = null)
    {
        ArgumentNullException.ThrowIfNull(access);
        _options = options ?? new KubeClientOptions();
        _clock = clock;
        _log = log ?? NullLogger<KubeClient>.Instance;
        _credentials = access.Credentials;
        _transport = new KubeTransport(access, _options, _clock);
        _slots = new SemaphoreSlim(_options.MaxConcurrentRequests);
        _listSlots = new SemaphoreSlim(_options.MaxConcurrentRequests);
        _retry = CreateRetry();
        Namespace = access.Namespace;
    }

    public string FieldManager => _options.FieldManager;

    /// <summary>Namespace of the configuration, for requests of people that name none.</summary>
    public string Namespace { get; }

    public async Task<KubeResponse> SendAsync(KubeRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        KubeResponse response = await WithRetriesAsync(request, ReadWholeAsync, ct);
        WriteScope.Record(request, response.Header);
        return response;
    }

    public Task<Stream> OpenAsync(KubeRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WithRetriesAsync(request, OpenStreamAsync, ct);
    }

    public void Dispose()
    {
        _transport.Dispose();
        _slots.Dispose();
        _listSlots.Dispose();
    }

    private async Task<T> WithRetriesAsync<T>(KubeRequest request, Func<KubeRequest, Credential, CancellationToken, Task<T>> attempt, CancellationToken ct)
    {
        using SendWindow window = new(request.OnceWithin, _clock, ct);
        ResilienceContext context = ResilienceContextPool.Shared.Get(request.Target, window.Token);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await _retry.ExecuteAsync(
                static (c, state) => new ValueTask<T>(state.self.TryAsync(state.request, state.attempt, state.window, c.CancellationToken)),
                context,
                (self: this, request, attempt, window));
        }
        catch (OperationCanceledException e) when (window.IsOver && !ct.IsCancellationRequested)
        {
            throw window.Error(request, e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> TryAsync<T>(KubeRequest request, Func<KubeRequest, Credential, CancellationToken, Task<T>> attempt, SendWindow window, CancellationToken ct)
    {
        SemaphoreSlim slots = request.Verb is KubeVerb.List or KubeVerb.Watch ? _listSlots : _slots;
        await slots.WaitAsync(ct);
        try
        {
            return await WithCredentialAsync(request, attempt, window, ct);
        }
        catch (KubeConfigException e)
        {
            throw KubeErrors.NoCredential(request, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw KubeErrors.Unreachable(request, e);
        }
        catch (JsonException e)
        {
            throw KubeErrors.Malformed(request, e);   // a page of a proxy, or a cut answer
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Once more with a fresh credential when the server does not know the first (401).</summary>
    private async Task<T> WithCredentialAsync<T>(KubeRequest request, Func<KubeRequest, Credential, CancellationToken, Task<T>> attempt, SendWindow window, CancellationToken ct)
    {
        try
        {
            return await WithinLimitAsync(request, attempt, await _credentials.GetAsync(ct), window, ct);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.Unauthorized && _credentials.Renew())
        {
            return await WithinLimitAsync(request, attempt, await _credentials.GetAsync(ct), window, ct);
        }
    }

    // The limit is the server's: a plugin has one of its own, with a sentence of its own, and may wait for a person.
    private async Task<T> WithinLimitAsync<T>(
        KubeRequest request, Func<KubeRequest, Credential, CancellationToken, Task<T>> attempt, Credential credential, SendWindow window, CancellationToken ct)
    {
        TimeSpan limit = request.Timeout ?? _options.RequestTimeout;
        using CancellationTokenSource deadline = new(limit, _clock);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return window.IsOver ? throw new OperationCanceledException() : await attempt(request, credential, linked.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested && !window.IsOver)
        {
            throw KubeErrors.Timeout(request, limit, e);
        }
    }

    private async Task<KubeResponse> ReadWholeAsync(KubeRequest request, Credential credential, CancellationToken ct)
    {
        using HttpResponseMessage response = await _transport.SendAsync(request, credential, ct);
        byte[] body = await response.Content.ReadAsByteArrayAsync(ct);
        IReadOnlyList<string> warnings = Warnings(response);
        foreach (string warning in warnings)
        {
            LogWarning(request.Target, warning);
        }

        bool isObject = request.Type is not null && response.Content.Headers.ContentType?.MediaType == "application/json";
        return new KubeResponse(body, warnings) { Header = isObject ? ResourceHeader.Read(body) : default };
    }

    private async Task<Stream> OpenStreamAsync(KubeRequest request, Credential credential, CancellationToken ct)
    {
        HttpResponseMessage response = await _transport.SendAsync(request, credential, ct);
        TimeSpan silence = request.Verb == KubeVerb.Watch ? Timeout.InfiniteTimeSpan : request.Timeout ?? _options.RequestTimeout;
        return new ResponseStream(response, await response.Content.ReadAsStreamAsync(ct), silence, _clock);
    }

    private static List<string> Warnings(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Warning", out IEnumerable<string>? values) ? [.. values] : [];

    [LoggerMessage(1001, LogLevel.Warning, "{Target}: the API server warns: {Warning}")]
    private partial void LogWarning(string target, string warning);

    [LoggerMessage(1002, LogLevel.Information, "{Target}: trying again in {Delay}: {Reason}")]
    private partial void LogRetry(string target, TimeSpan delay, string reason);
}
