using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Firstline.Api.Meta;

/// <summary>Writes moments as Kubernetes does, in UTC with a Z, and to the millisecond where there is one: <c>2026-11-20T10:00:03.25Z</c>. Reads any RFC 3339.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
    }
}
