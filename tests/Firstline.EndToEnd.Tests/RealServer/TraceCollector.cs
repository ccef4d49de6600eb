using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>A collector on loopback that takes traces by OTLP over HTTP in JSON.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly HttpListener _http = new();
    private readonly ConcurrentQueue<JsonNode> _spans = new();
    private readonly Task _taking;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TraceCollector()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        _http.Prefixes.Add(Address + "v1/traces/");
        _http.Start();
        _taking = TakeAsync();
    }

    public Uri Address { get; }

    /// <summary>Waits for these spans of a trace.</summary>
    public async Task<IReadOnlyList<JsonNode>> SpansAsync(string traceId, int count, TimeSpan limit)
    {
        using CancellationTokenSource stop = new(limit);
        while (true)
        {
            Task more = _arrived.Task;
            JsonNode[] found = [.. _spans.Where(s => (string?)s["traceId"] == traceId)];
            if (found.Length >= count)
            {
                return found;
            }

            await more.WaitAsync(stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Close();
        await _taking;
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext request = await _http.GetContextAsync();
                JsonNode body = (await JsonNode.ParseAsync(request.Request.InputStream))!;
                foreach (JsonNode? span in body["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!.AsArray())
                {
                    _spans.Enqueue(span!);
                }

                request.Response.Close();
                Interlocked.Exchange(ref _arrived, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
