using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Firstline.Api.Meta;
using Firstline.Kube.Client;
using Firstline.Kube.Wire;
using Microsoft.Extensions.Logging;

namespace Firstline.Kube.Events;

/// <summary>
/// Stores events as <c>v1</c> Events from a background loop (<see cref="RunAsync"/>). Recording never waits: when the server is away and the
/// buffer is full, events are dropped and counted (<c>event_recorder_dropped_total</c>).
/// </summary>
/// <param name="client">Where to store them.</param>
/// <param name="component">Who says it: the controller's name, shown in the From column.</param>
/// <param name="instance">Which process says it, such as the pod's name.</param>
/// <param name="clock">Source of time.</param>
/// <param name="log">Where losses are told.</param>
public sealed partial class EventRecorder(IKubeClient client, string component, string instance, TimeProvider clock, ILogger<EventRecorder> log)
    : IEventRecorder
{
    private const int Capacity = 1000;
    private const int MaxMessage = 1024;
    private readonly ILogger _log = log;
    private readonly EventCorrelator _correlator = new();
    private readonly Channel<RecordedEvent> _buffer = Channel.CreateBounded<RecordedEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public void Record(ObjectReference about, EventType type, string reason, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        string text = message.Length <= MaxMessage ? message : string.Concat(message.AsSpan(0, MaxMessage - 3), "...");
        if (!_buffer.Writer.TryWrite(new RecordedEvent(about, type, reason, text, clock.GetUtcNow())))
        {
            EventMetrics.Drop("full");
        }
    }

    /// <summary>Stores what is recorded until <paramref name="ct"/> is cancelled; then what is still in the buffer, for as long as <paramref name="lastWords"/> allows.</summary>
    public async Task RunAsync(CancellationToken ct, CancellationToken lastWords)
    {
        await using CancellationTokenRegistration end = ct.Register(() => _buffer.Writer.TryComplete());
        try
        {
            await foreach (RecordedEvent recorded in _buffer.Reader.ReadAllAsync(lastWords))
            {
                await StoreAsync(recorded, lastWords);
            }
        }
        catch (OperationCanceledException) when (lastWords.IsCancellationRequested)
        {
            while (_buffer.Reader.TryRead(out _))
            {
                EventMetrics.Drop("failed");
            }
        }
    }

    private async Task StoreAsync(RecordedEvent recorded, CancellationToken ct)
    {
        if (_correlator.Correlate(recorded) is not { } decision)
        {
            EventMetrics.Drop("spam");
            return;
        }

        try
        {
            EventSeries stored = decision.Series is { } series && await ContinueAsync(decision.Event, series, ct) is { } continued
                ? continued
                : await CreateAsync(decision.Event, ct);
            _correlator.Stored(decision.Key, stored);
        }
        catch (KubeException e)
        {
            EventMetrics.Drop("failed");
            LogLost(recorded.About.Key, recorded.Reason, e.Message);
        }
    }

    private async Task<EventSeries> CreateAsync(RecordedEvent e, CancellationToken ct)
    {
        string name = NameOf(e);
        CoreEvent body = new()
        {
            Metadata = new SimpleMeta { Name = name, Namespace = NamespaceOf(e) },
            InvolvedObject = new EventObject(
                e.About.Type.ApiVersion, e.About.Type.Kind, e.About.Key.Namespace.Length == 0 ? null : e.About.Key.Namespace, e.About.Key.Name, e.About.Uid),
            Reason = e.Reason,
            Message = e.Message,
            Type = e.Type.ToString(),
            Source = new EventSource(component),
            FirstTimestamp = Time(e.At),
            LastTimestamp = Time(e.At),
            ReportingComponent = component,
            ReportingInstance = instance,
        };
        await client.CreateAsync(CoreTypes.Events, NamespaceOf(e), body, KubeJson.Default.CoreEvent, ct);
        return new EventSeries(name, 1, e.At, e.At);
    }

    private async Task<EventSeries?> ContinueAsync(RecordedEvent e, EventSeries series, CancellationToken ct)
    {
        JsonObject patch = new() { ["count"] = series.Count + 1, ["lastTimestamp"] = Time(e.At), ["message"] = e.Message };
        try
        {
            await client.PatchAsync(CoreTypes.Events, new NamespacedName(NamespaceOf(e), series.Name), Patch.Merge(patch), ct);
            return series with { Count = series.Count + 1, Last = e.At };
        }
        catch (KubeException gone) when (gone.Kind == KubeErrorKind.NotFound)
        {
            return null;   // Events live an hour: the next repeat starts a new one
        }
    }

    /// <summary>Events about cluster-scoped objects live in <c>default</c>, where <c>kubectl describe</c> looks for them.</summary>
    private static string NamespaceOf(RecordedEvent e) => e.About.Key.Namespace.Length == 0 ? "default" : e.About.Key.Namespace;

    /// <summary>The object's name and the time in hex, as client-go does; cut to what a name may be long.</summary>
    private static string NameOf(RecordedEvent e)
    {
        string suffix = $".{e.At.UtcTicks:x}{Random.Shared.Next(0x1000):x3}";
        string name = e.About.Key.Name;
        return name[..Math.Min(name.Length, 253 - suffix.Length)] + suffix;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(1401, LogLevel.Warning, "{Key}: the event {Reason} was not stored: {Cause}")]
    private partial void LogLost(NamespacedName key, string reason, string cause);
}
