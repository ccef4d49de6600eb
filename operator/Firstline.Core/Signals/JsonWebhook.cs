using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Signals;

/// <summary>Reads JSON that a webhook was posted, by the mapping that is declared for it.</summary>
public static class JsonWebhook
{
    /// <summary>Most bytes of a body.</summary>
    public const int MaxBytes = AlertmanagerWebhook.MaxBytes;

    private const int MaxDepth = 32;

    // The JSON is well formed, but a string in it is no Unicode text: half of a surrogate pair, or bytes that are not UTF-8.
    private const string NotUnicode = "holds a string that is not valid Unicode";

    /// <summary>Reads a body.</summary>
    /// <param name="name">Last part of the webhook's path.</param>
    /// <param name="body">The body as received.</param>
    /// <param name="rules">Where the mappings are declared.</param>
    /// <param name="now">When it was received; stands in for a missing time.</param>
    public static WebhookReading Parse(string name, ReadOnlySpan<byte> body, SignalRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Webhooks.FirstOrDefault(m => m.For.Matches(name)) is not { } mapping)
        {
            string declared = rules.Webhooks.IsEmpty ? "none is declared" : $"declared are: {string.Join(", ", rules.Webhooks.Select(static m => m.For.Written))}";
            return new WebhookReading.Unknown($"there is no webhook of that name, {declared}; declare it in the file of the option signals.file");
        }

        return Parse(body, MaxDepth, "send the JSON that its mapping is for", root => Read(root, mapping, rules, now));
    }

    /// <summary>Parses a body and reads its root.</summary>
    /// <param name="body">The body as received.</param>
    /// <param name="maxDepth">How deep it may be nested.</param>
    /// <param name="advice">What to send instead of what is no JSON.</param>
    /// <param name="read">Reads the root while the document is there.</param>
    internal static WebhookReading Parse(ReadOnlySpan<byte> body, int maxDepth, string advice, Func<JsonElement, WebhookReading> read)
    {
        try
        {
            Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = maxDepth });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            reader.Read();   // throws when the body goes on after its value
            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            return new WebhookReading.Refused(string.Create(
                CultureInfo.InvariantCulture, $"the body is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}); {advice}"));
        }
        catch (InvalidOperationException)
        {
            return new WebhookReading.Refused($"the body {NotUnicode}; {advice}");
        }
    }

    /// <summary>Reads the items of a list, each alone: one that can't be read is named, the others are kept.</summary>
    internal delegate Signal? ItemReader(JsonElement item, out string problem);

    /// <summary>Reads a list of what the body holds.</summary>
    /// <param name="items">The items.</param>
    /// <param name="noun">What they are called, such as alerts.</param>
    /// <param name="truncated">Items that the sender left out.</param>
    /// <param name="read">Reads one.</param>
    internal static WebhookReading.Accepted ReadAll(IEnumerable<JsonElement> items, string noun, int truncated, ItemReader read)
    {
        ImmutableArray<Signal>.Builder signals = ImmutableArray.CreateBuilder<Signal>();
        ImmutableArray<string>.Builder problems = ImmutableArray.CreateBuilder<string>();
        foreach ((int at, JsonElement item) in items.Index())
        {
            (Signal? signal, string problem) = ReadOne(item, read);
            if (signal is not null)
            {
                signals.Add(signal);
            }
            else
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{noun}[{at}]: {problem}"));
            }
        }

        return new(signals.ToImmutable(), problems.ToImmutable(), truncated);
    }

    private static (Signal? Signal, string Problem) ReadOne(JsonElement item, ItemReader read)
    {
        try
        {
            return (read(item, out string problem), problem);
        }
        catch (InvalidOperationException)
        {
            return (null, $"it {NotUnicode}");
        }
    }

    private static WebhookReading Read(JsonElement root, EventMapping mapping, SignalRules rules, DateTimeOffset now)
    {
        JsonElement? events = mapping.Events is null ? root : mapping.Events.Find(root);
        if (events is not { ValueKind: JsonValueKind.Array or JsonValueKind.Object } found)
        {
            return new WebhookReading.Refused(mapping.Events is { } place
                ? $"the body has neither a list nor an object at {place.Written}, where the mapping {mapping.For.Written} looks for events"
                : "the body is neither a JSON object nor a list of them; send the JSON that its mapping is for");
        }

        if (found.ValueKind == JsonValueKind.Object)
        {
            return ReadAll([found], "events", 0, new EventReader(IncidentSource.Webhook, mapping, rules, now).Read);
        }

        return found.GetArrayLength() > AlertmanagerWebhook.MaxAlerts
            ? new WebhookReading.Refused($"the body has {found.GetArrayLength()} events and at most {AlertmanagerWebhook.MaxAlerts} are read; send fewer in one body")
            : ReadAll(found.EnumerateArray(), "events", 0, new EventReader(IncidentSource.Webhook, mapping, rules, now).Read);
    }
}
