using System.Globalization;
using System.Text.Json;

namespace Firstline.Core.Signals;

/// <summary>A text that a mapping takes from an event: what begins with / is a JSON Pointer to it (RFC 6901), any other stands as it is written.</summary>
/// <param name="Written">As it is written in the mapping.</param>
public sealed record EventText(string Written)
{
    private const int MaxLength = 512;

    /// <summary>True when it says where in the event the text is.</summary>
    public bool IsPlace => Written.StartsWith('/');

    /// <summary>What is wrong with it, in one sentence; null when it can be used.</summary>
    public string? Problem =>
        Written.Length is 0 or > MaxLength ? $"a text has 1 to {MaxLength} characters"
        : IsPlace && Written.Split('~').Skip(1).Any(static s => s is not ['0' or '1', ..]) ? "in a JSON Pointer ~ is written ~0 and a / within a name ~1"
        : null;

    /// <summary>The text in this event; null when there is none: numbers and booleans are taken as they are written, lists and objects are no text.</summary>
    public string? In(JsonElement @event) => !IsPlace ? Written : Find(@event) is not { } found ? null : found.ValueKind switch
    {
        JsonValueKind.String => found.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
        _ => null,
    };

    /// <summary>The text among labels, in which <c>/app</c> is the label app; null when there is none.</summary>
    public string? In(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return !IsPlace ? Written : labels.GetValueOrDefault(Unescape(Written[1..])) is { Length: > 0 } text ? text : null;
    }

    /// <summary>What is at the place in this event; null when there is nothing.</summary>
    internal JsonElement? Find(JsonElement @event)
    {
        JsonElement at = @event;
        foreach (string step in Written[1..].Split('/').Select(Unescape))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
            {
                return null;
            }
        }

        return at;
    }

    private static string Unescape(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
