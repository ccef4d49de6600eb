using System.Text.Json;
using System.Text.Json.Serialization;

namespace Firstline.Controllers.Observation.Wire;

/// <summary>A quantity as it is written: <c>"512Mi"</c>, or a plain number, which the API takes too.</summary>
internal sealed class QuantityConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException("a quantity is a string or a number"),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
