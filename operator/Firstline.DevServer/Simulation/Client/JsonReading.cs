using System.Globalization;
using System.Text.Json;

namespace Firstline.DevServer.Simulation.Client;

/// <summary>Reads JSON that may lack any field: a missing one reads as an undefined element, which has no text, no items and no members.</summary>
internal static class JsonReading
{
    /// <summary>The element at a path of members.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        JsonElement at = element;
        foreach (string name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return default;
            }
        }

        return at.ValueKind == JsonValueKind.Null ? default : at;
    }

    public static bool IsMissing(this JsonElement element) => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>The text, or null when it is missing or not a string.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        JsonElement at = element.At(path);
        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }

    public static int Number(this JsonElement element, string name, int missing = 0) => element.OptionalNumber(name) ?? missing;

    public static int? OptionalNumber(this JsonElement element, string name)
    {
        JsonElement at = element.At(name);
        return at.ValueKind == JsonValueKind.Number && at.TryGetInt32(out int value) ? value : null;
    }

    public static bool Flag(this JsonElement element, string name) => element.At(name).ValueKind == JsonValueKind.True;

    public static DateTimeOffset? Instant(this JsonElement element, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(element.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value) ? value : null;

    /// <summary>The items of an array; none when it is missing.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path)
    {
        JsonElement at = element.At(path);
        return at.ValueKind == JsonValueKind.Array ? at.EnumerateArray() : [];
    }

    /// <summary>The members of an object; none when it is missing.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, params ReadOnlySpan<string> path)
    {
        JsonElement at = element.At(path);
        return at.ValueKind == JsonValueKind.Object ? at.EnumerateObject() : [];
    }

    /// <summary>An instant as Kubernetes writes it: whole seconds, UTC.</summary>
    public static string ToTimestamp(this DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An instant as a Lease or an Event writes it: microseconds, UTC.</summary>
    public static string ToMicroTimestamp(this DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
