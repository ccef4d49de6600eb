using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Firstline.Host.Logs;

/// <summary>
/// Writes each event as one JSON object on one line: <c>time</c>, <c>level</c>, <c>logger</c>, <c>event</c>, <c>message</c>, then what the message was made of and what
/// was in work (<c>controller</c>, <c>incident</c>, <c>remediationRequest</c>), each under its own name, then <c>error</c>.
/// </summary>
internal sealed class JsonLineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "firstline-json";

    // Log pipelines read it, no browser does: names of users stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArrayBufferWriter<byte> line = new(512);
        using (Utf8JsonWriter json = new(line, Options))
        {
            json.WriteStartObject();
            WriteFixed(json, logEntry);
            HashSet<string> written = ["time", "level", "logger", "event", "message", "error"];
            WriteValues(json, logEntry.State, written);
            scopeProvider?.ForEachScope((scope, names) => WriteValues(json, scope, names), written);
            if (logEntry.Exception is { } e)
            {
                json.WriteString("error", e.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.Write(Encoding.UTF8.GetString(line.WrittenSpan));
        textWriter.Write('\n');
    }

    private void WriteFixed<TState>(Utf8JsonWriter json, in LogEntry<TState> entry)
    {
        json.WriteString("time", clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("level", LevelOf(entry.LogLevel));
        json.WriteString("logger", entry.Category);
        json.WriteNumber("event", entry.EventId.Id);
        json.WriteString("message", entry.Formatter(entry.State, entry.Exception));
    }

    // The message's own values come first; an outer scope does not say the same name again.
    private static void WriteValues(Utf8JsonWriter json, object? state, HashSet<string> written)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return;
        }

        foreach ((string key, object? value) in values)
        {
            string name = JsonNamingPolicy.CamelCase.ConvertName(key);
            if (key != "{OriginalFormat}" && written.Add(name))
            {
                WriteValue(json, name, value);
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long or short or byte:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
