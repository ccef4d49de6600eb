using System.Text.Json;
using System.Text.Json.Serialization;

namespace Firstline.Api.Meta;

/// <summary>Reads and writes <see cref="Duration"/> as its text.</summary>
public sealed class DurationJsonConverter : JsonConverter<Duration>
{
    /// <inheritdoc/>
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Duration.TryParse(reader.GetString(), out Duration duration)
            ? duration
            : throw new JsonException("a duration is written as 30s, 5m or 1h30m");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
