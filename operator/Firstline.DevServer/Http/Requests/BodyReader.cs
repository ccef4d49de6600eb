using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Http.Errors;
using Firstline.DevServer.Schemas.Protobuf;
using Firstline.DevServer.Store;
using Microsoft.AspNetCore.Http.Features;

namespace Firstline.DevServer.Http.Requests;

/// <summary>Reads request bodies: bounded; JSON, YAML or protobuf.</summary>
internal static class BodyReader
{
    /// <summary>As etcd's request limit makes it for a real server.</summary>
    public const int Limit = 3 * 1024 * 1024;

    public static async Task<byte[]> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        if (http.Request.ContentLength > Limit)
        {
            throw ApiErrors.TooLarge(Limit);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        using MemoryStream buffer = new();
        byte[] chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > Limit)
            {
                throw ApiErrors.TooLarge(Limit);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>The media type without parameters, lower case.</summary>
    public static string MediaType(HttpContext http) =>
        (http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Reads an object of the kind <paramref name="expected"/>, in the format that the request states.</summary>
    public static async Task<ParsedBody> ReadObjectAsync(HttpContext http, string expected, CancellationToken cancellation)
    {
        string mediaType = MediaType(http);
        if (mediaType is not ("" or "application/json" or "application/yaml" or ProtobufDecoder.MediaType))
        {
            throw ApiErrors.UnsupportedBody();
        }

        byte[] body = await ReadAsync(http, cancellation);
        try
        {
            ParsedBody parsed = mediaType switch
            {
                "application/yaml" => ParseYaml(body),
                ProtobufDecoder.MediaType => ParseProtobuf(body),
                _ => ParseJson(body),
            };
            return parsed.Node is JsonObject
                ? parsed
                : throw Unrecognized(expected, $"json parse error: {NoObject(body, parsed.Node)}", body);
        }
        catch (JsonException e)
        {
            throw Unrecognized(expected, $"json parse error: {Sentence(body, e)}", body);
        }
        catch (FormatException e)
        {
            throw Unrecognized(expected, e.Message, body);
        }
    }

    /// <exception cref="JsonException">Not JSON.</exception>
    public static ParsedBody ParseJson(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length == 0)
        {
            return new ParsedBody(null, []);
        }

        ImmutableArray<string>.Builder duplicates = ImmutableArray.CreateBuilder<string>();
        using JsonDocument document = JsonDocument.Parse(utf8);
        JsonNode? node = CanonicalJson.Build(document.RootElement, "", duplicates);
        return new ParsedBody(node, duplicates.ToImmutable());
    }

    /// <exception cref="FormatException">Not YAML; the message says where.</exception>
    public static ParsedBody ParseYaml(byte[] utf8) => new(CanonicalJson.Parse(ObjectBody.ToUtf8(YamlReader.Read(Encoding.UTF8.GetString(utf8)))), []);

    /// <exception cref="FormatException">Not Kubernetes' protobuf, or of a kind that has none.</exception>
    public static ParsedBody ParseProtobuf(byte[] body) => new(CanonicalJson.Parse(ObjectBody.ToUtf8(ProtobufDecoder.Decode(body))), []);

    /// <summary>The decoder's complaint as the API server's decoder words it.</summary>
    public static string Sentence(ReadOnlySpan<byte> body, JsonException e)
    {
        ReadOnlySpan<byte> rest = body[(int)Math.Min(Position(body, e), body.Length)..].Trim("\n\r\t ,"u8);
        string where = e.Message.Contains("property name", StringComparison.Ordinal) ? "object key string" : "value";
        return rest.IsEmpty ? "unexpected end of JSON input" : $"invalid character '{(char)rest[0]}' looking for beginning of {where}";
    }

    private static long Position(ReadOnlySpan<byte> body, JsonException e)
    {
        long position = e.BytePositionInLine ?? 0;
        for (long line = e.LineNumber ?? 0; line > 0 && body.IndexOf((byte)'\n') is var end and >= 0; line--)
        {
            position += end + 1;
            body = body[(end + 1)..];
        }

        return position;
    }

    private static string NoObject(byte[] body, System.Text.Json.Nodes.JsonNode? node) => body.Length == 0
        ? "unexpected end of JSON input"
        : $"json: cannot unmarshal {Patching.JsonTypes.GoName(node)} into Go value of type struct {{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }}";

    /// <summary>The beginning of a body: as text where it may be JSON, else in hexadecimal digits.</summary>
    private static string Summary(byte[] body)
    {
        const int shown = 30;
        ReadOnlySpan<byte> beginning = body.AsSpan(0, Math.Min(body.Length, shown));
        string text = body is [(byte)'{', ..] ? Encoding.UTF8.GetString(beginning) : Convert.ToHexString(beginning).ToLower(CultureInfo.InvariantCulture);
        return body.Length == 0 ? "<empty>" : body.Length > shown ? $"{text} ..." : text;
    }

    /// <summary>400: what was sent is no object of the kind <paramref name="expected"/>, and why.</summary>
    public static ApiException Unrecognized(string expected, string why, byte[] body)
    {
        string text = Summary(body);
        string where = why.StartsWith("json", StringComparison.Ordinal) ? "couldn't get version/kind; " : "";
        return ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {expected}): {where}{why} ({text})");
    }
}
