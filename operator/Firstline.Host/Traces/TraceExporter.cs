using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Polly;
using Polly.Retry;

namespace Firstline.Host.Traces;

/// <summary>Sends spans to a collector, in the order in which they ended, many at once. A collector that is away holds up nothing: what does not fit into the queue is dropped and counted.</summary>
internal sealed partial class TraceExporter : IAsyncDisposable
{
    private const int QueueSize = 2048;
    private const int BatchSize = 256;

    private static readonly Meter Meter = new("Firstline.Host.Traces");
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("firstline_trace_spans_total", description: "Spans by result: sent, or dropped because the collector was away or refused them.");
    internal static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Channel<IncidentSpan> _queue = Channel.CreateBounded<IncidentSpan>(new BoundedChannelOptions(QueueSize) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly Uri _address;
    private readonly string _version;
    private readonly ILogger _log;
    private readonly Task _sending;

    /// <summary>Begins to send to a collector, such as <c>http://collector:4318</c>.</summary>
    public TraceExporter(Uri endpoint, string version, TimeProvider clock, ILogger<TraceExporter> log)
    {
        (_address, _version, _log) = (new Uri($"{endpoint.ToString().TrimEnd('/')}/v1/traces"), version, log);
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 4, BackoffType = DelayBackoffType.Exponential, UseJitter = true, Delay = TimeSpan.FromSeconds(1),
            ShouldHandle = static outcome => ValueTask.FromResult(outcome.Outcome is { Exception: HttpRequestException or TaskCanceledException } or { Result.StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError }),
        }).Build();
        _sending = SendAllAsync();
    }

    public void Add(IncidentSpan span)
    {
        if (!_queue.Writer.TryWrite(span))
        {
            Count(1, "dropped");
        }
    }

    /// <summary>Sends what waits, for a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stop.CancelAfter(LastWords);
        await _sending;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            List<IncidentSpan> batch = [];
            while (batch.Count < BatchSize && _queue.Reader.TryRead(out IncidentSpan? span))
            {
                batch.Add(span);
            }

            string? problem = await ProblemOfSendingAsync(OtlpJson.Of(batch, _version));
            Count(batch.Count, problem is null ? "sent" : "dropped");
            if (problem is not null)
            {
                LogDropped(batch.Count, _address, problem);
            }
        }
    }

    /// <summary>Null when the collector has taken them.</summary>
    private async Task<string?> ProblemOfSendingAsync(byte[] body)
    {
        try
        {
            using HttpResponseMessage answer = await _pipeline.ExecuteAsync(async ct => await PostAsync(body, ct), _stop.Token);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return e.Message;
        }
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, CancellationToken ct)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await _http.PostAsync(_address, content, ct);
    }

    private static void Count(int spans, string result) => Sent.Add(spans, new KeyValuePair<string, object?>("result", result));

    [LoggerMessage(6401, LogLevel.Warning, "{Spans} spans were not taken by the trace collector {Address} and are dropped: {Problem}")]
    private partial void LogDropped(int spans, Uri address, string problem);
}
