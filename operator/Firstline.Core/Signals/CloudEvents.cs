using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Signals;

/// <summary>Reads CloudEvents 1.0 as HTTP carries them: structured, batched and binary.</summary>
/// <remarks>
/// An event whose type no mapping is declared for is read by <see cref="Usual"/>. Two deliveries of one event have the same fingerprint and so are one signal.
/// See https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md.
/// </remarks>
public static class CloudEvents
{
    /// <summary>Header names of the binary mode begin so.</summary>
    public const string HeaderPrefix = "ce-";

    private const string Structured = "application/cloudevents+json";
    private const string Batched = "application/cloudevents-batch+json";
    private const int MaxDepth = 32;
    private const int MaxHeaders = 64;
    private static readonly ImmutableArray<string> Required = ["id", "source", "type"];

    /// <summary>How an event is read whose type nobody declared a mapping for.</summary>
    public static EventMapping Usual { get; } = new()
    {
        For = new("*"), Name = new("/type"), Summary = new("/data/summary"), Cause = new("/data/cause"), Time = new("/time"), LabelsAt = new("/data/labels"),
        Fingerprint = [new("/source"), new("/type"), new("/subject")], State = new("/data/status"), Resolved = ["resolved"],
    };

    /// <summary>Reads a request.</summary>
    /// <param name="contentType">Media type of the body; null when there is none.</param>
    /// <param name="headers">Headers; in binary mode those that begin with <see cref="HeaderPrefix"/> are the event's attributes. Upper and lower case count as equal.</param>
    /// <param name="body">The body as received.</param>
    /// <param name="rules">Where the mappings are declared.</param>
    /// <param name="now">When it was received; stands in for a missing time.</param>
    public static WebhookReading Parse(
        string? contentType, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body, SignalRules rules, DateTimeOffset now)
    {
        string media = (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return media switch
        {
            Structured => JsonWebhook.Parse(body, MaxDepth, "send a CloudEvent in the JSON format", root => ReadAll([root], rules, now)),
            Batched => JsonWebhook.Parse(body, MaxDepth, "send a list of CloudEvents in the JSON format", root => ReadBatch(root, rules, now)),
            _ when media.StartsWith("application/cloudevents", StringComparison.Ordinal) => new WebhookReading.Refused($"only the JSON format of CloudEvents is read; send {Structured}"),
            _ => ReadBinary(media, headers, body, rules, now),
        };
    }

    private static WebhookReading ReadBatch(JsonElement root, SignalRules rules, DateTimeOffset now) =>
        root.ValueKind != JsonValueKind.Array ? new WebhookReading.Refused("a batch of CloudEvents is a JSON list")
        : root.GetArrayLength() > AlertmanagerWebhook.MaxAlerts
            ? new WebhookReading.Refused($"the batch has {root.GetArrayLength()} events and at most {AlertmanagerWebhook.MaxAlerts} are read; send fewer in one")
            : ReadAll(root.EnumerateArray(), rules, now);

    // The attributes are in the headers and the data is the body: put together as the JSON format has them, so that one mapping fits both.
    private static WebhookReading ReadBinary(
        string media, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body, SignalRules rules, DateTimeOffset now)
    {
        ImmutableArray<KeyValuePair<string, string>> attributes =
        [
            .. headers.Where(static h => h.Key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)).Take(MaxHeaders)
                .Select(static h => KeyValuePair.Create(h.Key[HeaderPrefix.Length..].ToLowerInvariant(), Uri.UnescapeDataString(h.Value.Trim('"')))),
        ];
        if (attributes.IsEmpty)
        {
            return new WebhookReading.Refused($"it is no CloudEvent: send the content type {Structured}, or the headers ce-specversion, ce-id, ce-source and ce-type");
        }

        bool isJson = media is "application/json" or "text/json" || media.EndsWith("+json", StringComparison.Ordinal);
        if (body.IsEmpty || !isJson)
        {
            string text = Encoding.UTF8.GetString(body);
            return ReadWhole(attributes, writer => writer.WriteString("data", text), rules, now);
        }

        return JsonWebhook.Parse(body, MaxDepth, "send data of the content type that the request names", data => ReadWhole(attributes, writer =>
        {
            writer.WritePropertyName("data");
            data.WriteTo(writer);
        }, rules, now));
    }

    private static WebhookReading.Accepted ReadWhole(
        ImmutableArray<KeyValuePair<string, string>> attributes, Action<Utf8JsonWriter> writeData, SignalRules rules, DateTimeOffset now)
    {
        ArrayBufferWriter<byte> whole = new();
        using (Utf8JsonWriter writer = new(whole))
        {
            writer.WriteStartObject();
            foreach ((string name, string value) in attributes)
            {
                writer.WriteString(name, value);
            }

            writeData(writer);
            writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(whole.WrittenMemory);
        return ReadAll([document.RootElement], rules, now);
    }

    private static WebhookReading.Accepted ReadAll(IEnumerable<JsonElement> events, SignalRules rules, DateTimeOffset now) =>
        JsonWebhook.ReadAll(events, "events", 0, (JsonElement @event, out string problem) =>
        {
            problem = ProblemOf(@event);
            if (problem.Length > 0)
            {
                return null;
            }

            string? type = new EventText("/type").In(@event);
            EventMapping mapping = rules.CloudEvents.FirstOrDefault(m => m.For.Matches(type)) ?? Usual;
            return new EventReader(IncidentSource.CloudEvents, mapping, rules, now).Read(@event, out problem);
        });

    private static string ProblemOf(JsonElement @event) =>
        @event.ValueKind != JsonValueKind.Object ? "it is not an object"
        : !(@event.TryGetProperty("specversion", out JsonElement version) && version.ValueKind == JsonValueKind.String && version.ValueEquals("1.0"u8))
            ? "its specversion is not \"1.0\""
        : Required.FirstOrDefault(a => !(@event.TryGetProperty(a, out JsonElement value) && value.ValueKind == JsonValueKind.String && !value.ValueEquals(""u8))) is { } missing
            ? $"it has no attribute {missing}"
        : "";
}
