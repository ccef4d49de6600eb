using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas.Protobuf;

/// <summary>Turns Kubernetes' protobuf request bodies of built-in kinds into the JSON objects they stand for.</summary>
/// <remarks>kubectl's imperative commands send <c>application/vnd.kubernetes.protobuf</c> and do not fall back to JSON; answers may be JSON.
/// <see href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding"/></remarks>
internal static class ProtobufDecoder
{
    /// <summary>The media type of such bodies.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static readonly Dictionary<string, string> OtherTypes = new(StringComparer.Ordinal)
    {
        ["policy/v1 Eviction"] = "policy.v1.Eviction",
        ["autoscaling/v1 Scale"] = "autoscaling.v1.Scale",
        ["authentication.k8s.io/v1 TokenRequest"] = "authentication.v1.TokenRequest",
    };

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <exception cref="FormatException">The body is no such message, or of a kind that is not built in.</exception>
    public static JsonObject Decode(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            throw new FormatException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }

        string apiVersion = "";
        string kind = "";
        ReadOnlySpan<byte> raw = default;
        ProtobufReader envelope = new(body[Magic.Length..]);
        while (envelope.Read())
        {
            switch (envelope.Field)
            {
                case 1:
                    (apiVersion, kind) = ReadType(envelope.Bytes);
                    break;
                case 2:
                    raw = envelope.Bytes;
                    break;
                default:
                    break;
            }
        }

        JsonObject value = new() { ["apiVersion"] = apiVersion, ["kind"] = kind };
        ReadInto(value, FindType(apiVersion, kind), raw);
        return value;
    }

    private static (string ApiVersion, string Kind) ReadType(ReadOnlySpan<byte> bytes)
    {
        string apiVersion = "";
        string kind = "";
        ProtobufReader type = new(bytes);
        while (type.Read())
        {
            apiVersion = type.Field == 1 ? type.Text : apiVersion;
            kind = type.Field == 2 ? type.Text : kind;
        }

        return (apiVersion, kind);
    }

    private static string FindType(string apiVersion, string kind)
    {
        if (kind == "DeleteOptions")
        {
            return "meta.v1.DeleteOptions"; // sent with the group and version of what is deleted
        }

        return BuiltinKinds.All.FirstOrDefault(k => k.Definition.Kind == kind && k.Definition.ApiVersion == apiVersion)?.TypeName
            ?? OtherTypes.GetValueOrDefault($"{apiVersion} {kind}")
            ?? throw new FormatException($"no kind \"{kind}\" is registered for version \"{apiVersion}\"");
    }

    private static void ReadInto(JsonObject target, string typeName, ReadOnlySpan<byte> bytes) =>
        ReadInto(target, BuiltinTypes.Shared.Resolve(typeName), typeName, bytes);

    private static void ReadInto(JsonObject target, SchemaNode schema, string typeName, ReadOnlySpan<byte> bytes)
    {
        ProtobufReader reader = new(bytes);
        while (reader.Read())
        {
            if (!ProtobufFields.Of(typeName).TryGetValue(reader.Field, out ProtobufField? field))
            {
                continue; // of a newer or older release
            }

            if (field.IsEmbedded)
            {
                ReadInto(target, schema, field.Name, reader.Bytes);
            }
            else if (schema.Properties.GetValueOrDefault(field.Name) is { } known)
            {
                ReadField(target, known, field, reader);
            }
        }
    }

    private static void ReadField(JsonObject target, SchemaNode schema, ProtobufField field, ProtobufReader reader)
    {
        if (schema.Type == "array")
        {
            JsonArray items = target[field.Name] as JsonArray ?? [];
            items.Add(ProtobufValues.Read(schema.Items!, reader, ReadMessage));
            target[field.Name] = items;
        }
        else if (schema.AdditionalProperties is { } each)
        {
            JsonObject entries = target[field.Name] as JsonObject ?? [];
            ReadEntry(entries, each, reader.Bytes);
            target[field.Name] = entries;
        }
        else if (ProtobufValues.Read(schema, reader, ReadMessage) is { } value && (field.Presence == ZeroMeaning.Value || !ProtobufValues.IsZero(value)))
        {
            target[field.Name] = value;
        }
    }

    private static void ReadEntry(JsonObject entries, SchemaNode each, ReadOnlySpan<byte> bytes)
    {
        string key = "";
        JsonNode? value = null;
        ProtobufReader entry = new(bytes);
        while (entry.Read())
        {
            if (entry.Field == 1)
            {
                key = entry.Text;
            }
            else
            {
                value = each.Type == "array" ? ReadList(each, entry.Bytes) : ProtobufValues.Read(each, entry, ReadMessage);
            }
        }

        entries[key] = value ?? "";
    }

    // A list within a map is a message whose first field repeats.
    private static JsonArray ReadList(SchemaNode schema, ReadOnlySpan<byte> bytes)
    {
        JsonArray items = [];
        ProtobufReader reader = new(bytes);
        while (reader.Read())
        {
            items.Add(ProtobufValues.Read(schema.Items!, reader, ReadMessage));
        }

        return items;
    }

    private static JsonObject ReadMessage(SchemaNode schema, ReadOnlySpan<byte> bytes)
    {
        JsonObject value = [];
        if (schema.TypeName is { } typeName)
        {
            ReadInto(value, schema, typeName, bytes);
        }

        return value;
    }

    /// <summary>Reads a nested message.</summary>
    internal delegate JsonObject MessageReader(SchemaNode schema, ReadOnlySpan<byte> bytes);
}
