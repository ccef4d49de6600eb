using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Events;

/// <summary>
/// Writes Events, one after another in the background. An Event that happened before is counted up instead of written again,
/// as client-go's recorder does it; one that cannot be written after some tries is dropped, as there.
/// </summary>
internal sealed partial class EventRecorder(ApiClient api, TimeProvider clock, ILogger log)
{
    private const int Remembered = 4096;
    private const int Tries = 5;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Occurrence> _pending = Channel.CreateBounded<Occurrence>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Dictionary<(string Uid, string FieldPath, string Reason, string Message), (NamespacedName Key, int Count)> _written = [];

    /// <param name="type">Kind of the object that the Event is about.</param>
    /// <param name="about">The object.</param>
    /// <param name="source">Component that says it, such as <c>kubelet</c>.</param>
    /// <param name="severity"><c>Normal</c> or <c>Warning</c>.</param>
    /// <param name="reason">CamelCase reason.</param>
    /// <param name="message">One sentence.</param>
    /// <param name="fieldPath">Part of the object; empty for all of it.</param>
    /// <param name="host">Node that says it; empty for none.</param>
    public void Record(
        ResourceType type, KubeObject about, string source, string severity, string reason, string message, string fieldPath = "", string host = "") =>
        _pending.Writer.TryWrite(new Occurrence(type, about, source, severity, reason, message, fieldPath, host, clock.GetUtcNow()));

    public async Task RunAsync(CancellationToken ct)
    {
        await foreach (Occurrence occurrence in _pending.Reader.ReadAllAsync(ct))
        {
            await WriteWithRetryAsync(occurrence, ct);
        }
    }

    private async Task WriteWithRetryAsync(Occurrence occurrence, CancellationToken ct)
    {
        for (int attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                await WriteAsync(occurrence, ct);
                return;
            }
            catch (ApiException refused) when ((int)refused.Code is >= 400 and < 500 and not 429)
            {
                // The namespace is going away, say: nobody will read it.
                LogDropped(occurrence.Reason, occurrence.About.Key, refused.Message);
                return;
            }
            catch (Exception lost) when (lost is ApiException or HttpRequestException or IOException or JsonException
                || (lost is OperationCanceledException && !ct.IsCancellationRequested))
            {
                LogDropped(occurrence.Reason, occurrence.About.Key, lost.Message);
                await Task.Delay(Wait * attempt, clock, ct);
            }
        }
    }

    private async Task WriteAsync(Occurrence occurrence, CancellationToken ct)
    {
        var identity = (occurrence.About.Uid, occurrence.FieldPath, occurrence.Reason, occurrence.Message);
        if (_written.TryGetValue(identity, out (NamespacedName Key, int Count) before))
        {
            JsonObject again = new() { ["count"] = before.Count + 1, ["lastTimestamp"] = occurrence.At.ToTimestamp() };
            if (await api.PatchAsync(Kinds.Event, before.Key, "", again, ct) is not null)
            {
                _written[identity] = (before.Key, before.Count + 1);
                return;
            }
        }

        if (_written.Count >= Remembered)
        {
            _written.Clear();
        }

        KubeObject created = await api.CreateAsync(Kinds.Event, Namespace(occurrence), Body(occurrence), ct);
        _written[identity] = (created.Key, 1);
    }

    private static string Namespace(Occurrence occurrence) => occurrence.About.Namespace.Length > 0 ? occurrence.About.Namespace : "default";

    private static JsonObject Body(Occurrence occurrence)
    {
        KubeObject about = occurrence.About;
        string suffix = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..16];
        JsonObject involved = new()
        {
            ["apiVersion"] = occurrence.Type.ApiVersion,
            ["kind"] = occurrence.Type.Kind,
            ["name"] = about.Name,
            ["namespace"] = about.Namespace,
            ["uid"] = about.Uid,
            ["resourceVersion"] = about.Root.Text("metadata", "resourceVersion"),
        };
        if (occurrence.FieldPath.Length > 0)
        {
            involved["fieldPath"] = occurrence.FieldPath;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = $"{about.Name}.{suffix}", ["namespace"] = Namespace(occurrence) },
            ["involvedObject"] = involved,
            ["type"] = occurrence.Severity,
            ["reason"] = occurrence.Reason,
            ["message"] = occurrence.Message,
            ["source"] = new JsonObject { ["component"] = occurrence.Source, ["host"] = occurrence.Host },
            ["reportingComponent"] = occurrence.Source,
            ["reportingInstance"] = occurrence.Host,
            ["firstTimestamp"] = occurrence.At.ToTimestamp(),
            ["lastTimestamp"] = occurrence.At.ToTimestamp(),
            ["count"] = 1,
        };
    }

    [LoggerMessage(6020, LogLevel.Debug, "Event {Reason} on {Key} not written: {Error}")]
    private partial void LogDropped(string reason, NamespacedName key, string error);

    private sealed record Occurrence(
        ResourceType Type, KubeObject About, string Source, string Severity, string Reason, string Message, string FieldPath, string Host, DateTimeOffset At);
}
