using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas.Protobuf;

/// <summary>Reads single values, and the messages that stand for scalars in JSON: quantities, times, int-or-string, raw objects.</summary>
internal static class ProtobufValues
{
    public static JsonNode? Read(SchemaNode schema, ProtobufReader reader, ProtobufDecoder.MessageReader message) => (schema.Type, schema.Format) switch
    {
        (_, "int-or-string") => IntOrString(reader.Bytes),
        (_, "quantity") => First(reader.Bytes),
        (_, "date-time") => Time(reader.Bytes),
        ("string", "byte") => Convert.ToBase64String(reader.Bytes),
        ("string", _) => reader.Text,
        ("integer", _) => reader.Number,
        ("boolean", _) => reader.Number != 0,
        ("number", _) => BitConverter.Int64BitsToDouble(reader.Number),
        _ when schema.PreserveUnknownFields => Raw(reader.Bytes),
        _ => message(schema, reader.Bytes),
    };

    /// <summary>True for what Go writes of a field that was never set.</summary>
    public static bool IsZero(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>().Length == 0,
        JsonValueKind.Number => value.Number() == 0,
        JsonValueKind.False => true,
        _ => false,
    };

    private static string First(ReadOnlySpan<byte> bytes)
    {
        ProtobufReader reader = new(bytes);
        return reader.Read() ? reader.Text : "";
    }

    private static JsonValue IntOrString(ReadOnlySpan<byte> bytes)
    {
        long type = 0;
        long number = 0;
        string text = "";
        ProtobufReader reader = new(bytes);
        while (reader.Read())
        {
            type = reader.Field == 1 ? reader.Number : type;
            number = reader.Field == 2 ? reader.Number : number;
            text = reader.Field == 3 ? reader.Text : text;
        }

        return type == 0 ? JsonValue.Create(number) : JsonValue.Create(text);
    }

    private static string? Time(ReadOnlySpan<byte> bytes)
    {
        long seconds = 0;
        long nanos = 0;
        ProtobufReader reader = new(bytes);
        while (reader.Read())
        {
            seconds = reader.Field == 1 ? reader.Number : seconds;
            nanos = reader.Field == 2 ? reader.Number : nanos;
        }

        if (seconds == 0 && nanos == 0)
        {
            return null;
        }

        string format = nanos == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(nanos / TimeSpan.NanosecondsPerTick).ToString(format, CultureInfo.InvariantCulture);
    }

    private static JsonNode? Raw(ReadOnlySpan<byte> bytes)
    {
        ProtobufReader reader = new(bytes);
        try
        {
            return reader.Read() && reader.Bytes.Length > 0 ? JsonNode.Parse(reader.Bytes) : null;
        }
        catch (JsonException e)
        {
            throw new FormatException("a raw object within the message is not JSON", e);
        }
    }
}
