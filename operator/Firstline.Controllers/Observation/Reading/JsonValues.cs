using System.Text;
using System.Text.Json;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Single values, where the reader stands on them. Each refuses what the record of the same field refuses.</summary>
internal static class JsonValues
{
    private static readonly TextPool Pool = new();

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"{type} was expected");
        }
    }

    /// <summary>A text that many objects have in common: one instance of it, as long as the pool remembers.</summary>
    public static string? Shared(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.String);
        return Pool.Get(ref reader);
    }

    /// <summary>The name of a member, where members are named freely.</summary>
    public static string SharedName(ref Utf8JsonReader reader) => Pool.Get(ref reader);

    /// <summary>A text of this object alone: the one that was read of it before, when it is the same.</summary>
    public static string? Own(ref Utf8JsonReader reader, string? before)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.String);
        return before is not null && reader.ValueTextEquals(before) ? before : reader.GetString();
    }

    /// <summary>A quantity as it is written: <c>"512Mi"</c>, or a plain number.</summary>
    public static string? Quantity(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : Shared(ref reader);

    public static DateTimeOffset? Time(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset();

    public static int? Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();

    public static bool? Flag(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();
}
