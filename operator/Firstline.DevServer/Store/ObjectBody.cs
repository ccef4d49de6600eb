using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Store;

/// <summary>Serialises objects in two parts: an opening that names kind and version, and a body that all versions share.</summary>
internal static class ObjectBody
{
    /// <summary>Texts are read by programs, never put into a page: quotes and angle brackets need no further escape.</summary>
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary><c>"metadata":{...},...}</c>: what follows the opening.</summary>
    public static byte[] Serialize(JsonObject json)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter writer = new(buffer, Writing))
        {
            writer.WriteStartObject();
            foreach ((string name, JsonNode? value) in json)
            {
                if (name is not ("kind" or "apiVersion"))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan[1..].ToArray();
    }

    /// <summary><c>{"kind":"Pod","apiVersion":"v1",</c></summary>
    public static byte[] Opening(string kind, string apiVersion)
    {
        ArrayBufferWriter<byte> buffer = new(64);
        using (Utf8JsonWriter writer = new(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", kind);
            writer.WriteString("apiVersion", apiVersion);
            writer.WriteEndObject();
        }

        byte[] opening = buffer.WrittenSpan.ToArray();
        opening[^1] = (byte)',';
        return opening;
    }

    /// <summary>All of <paramref name="node"/> as UTF-8 JSON.</summary>
    public static byte[] ToUtf8(JsonNode? node)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter writer = new(buffer, Writing))
        {
            Write(writer, node);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
            return;
        }

        node.WriteTo(writer);
    }
}
