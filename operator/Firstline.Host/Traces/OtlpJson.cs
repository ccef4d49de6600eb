using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Firstline.Host.Traces;

/// <summary>Writes spans as the body of OTLP/HTTP in JSON.</summary>
internal static class OtlpJson
{
    private const int Internal = 1;
    private const int Error = 2;

    public static byte[] Of(IReadOnlyList<IncidentSpan> spans, string version)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, [new("service.name", "firstline-operator"), new("service.version", version)]);
            json.WriteEndObject();
            WriteScope(json, spans, version);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static void WriteScope(Utf8JsonWriter json, IReadOnlyList<IncidentSpan> spans, string version)
    {
        json.WriteStartArray("scopeSpans");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", "firstline");
        json.WriteString("version", version);
        json.WriteEndObject();
        json.WriteStartArray("spans");
        foreach (IncidentSpan span in spans)
        {
            WriteSpan(json, span);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSpan(Utf8JsonWriter json, IncidentSpan span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId);
        json.WriteString("spanId", span.SpanId);
        if (span.ParentId.Length > 0)
        {
            json.WriteString("parentSpanId", span.ParentId);
        }

        json.WriteString("name", span.Name);
        json.WriteNumber("kind", Internal);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.Start));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.End));
        WriteAttributes(json, span.Attributes);
        if (span.Error is { } error)
        {
            json.WriteStartObject("status");
            json.WriteNumber("code", Error);
            json.WriteString("message", error);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        json.WriteStartArray("attributes");
        foreach ((string key, string value) in attributes.Where(static a => a.Value.Length > 0))
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A 64-bit number is a string in OTLP's JSON.
    private static string Nanoseconds(DateTimeOffset time) => ((time - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture);
}
