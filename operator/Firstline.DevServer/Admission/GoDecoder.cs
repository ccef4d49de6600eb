using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Tells whether a built-in object would decode into the API server's Go types, in the words of Go's decoder.</summary>
/// <remarks>Go goes on after a type mismatch and reports the first one, but stops at once where a type decodes itself (quantities, times, base64):
/// such an error therefore wins over an earlier mismatch.</remarks>
internal sealed class GoDecoder
{
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private string? _mismatch;
    private string? _abort;

    /// <returns>The decoder's sentence; null when the object decodes.</returns>
    public static string? Decode(SchemaNode schema, JsonObject value)
    {
        GoDecoder decoder = new();
        decoder.Struct(schema, value, "");
        return decoder._abort ?? decoder._mismatch;
    }

    private void Struct(SchemaNode schema, JsonObject value, string path)
    {
        string owner = LastName(schema.TypeName ?? "");
        foreach ((string name, JsonNode? field) in value)
        {
            if (_abort is null && field is not null && schema.Properties.GetValueOrDefault(name) is { } known)
            {
                Value(known, field, owner, FieldPath.Child(path, name));
            }
        }
    }

    private void Value(SchemaNode schema, JsonNode value, string owner, string path)
    {
        if (schema.IntOrString)
        {
            IntOrString(value, owner, path);
            return;
        }

        switch (schema.Type, value)
        {
            case (null, _):
                break;
            case ("object", JsonObject fields) when schema.AdditionalProperties is { } each:
                Items(each, fields.Select(f => f.Value), owner, path);
                break;
            case ("object", JsonObject fields):
                Struct(schema, fields, path);
                break;
            case ("array", JsonArray items):
                Items(schema.Items ?? SchemaNode.Anything, items, owner, path);
                break;
            case ("string" or "integer" or "number" or "boolean", JsonValue):
                Scalar(schema, value, owner, path);
                break;
            default:
                Container(schema, value, owner, path);
                break;
        }
    }

    private void Items(SchemaNode each, IEnumerable<JsonNode?> items, string owner, string path)
    {
        foreach (JsonNode item in items.OfType<JsonNode>())
        {
            Value(each, item, owner, path);
        }
    }

    // A container where a scalar belongs, or the reverse.
    private void Container(SchemaNode schema, JsonNode value, string owner, string path)
    {
        if (schema.Format == "quantity")
        {
            _abort ??= Quantity.Error;
            return;
        }

        Mismatch(GoName(value), owner, path, schema);
    }

    private void Scalar(SchemaNode schema, JsonNode value, string owner, string path)
    {
        switch (schema.Type, schema.Format)
        {
            case ("string", "quantity"):
                _abort ??= Quantity.Parse(value.Scalar() ?? "") is null ? Quantity.Error : null;
                break;
            case ("string", "date-time") when value.Text() is { } time:
                _abort ??= StringFormats.IsDateTime(time) ? null : BadTime(time);
                break;
            case ("string", "byte") when value.Text() is { } data:
                _abort ??= BadBase64(data);
                break;
            case ("integer", _) when value.GetValueKind() == JsonValueKind.Number:
                Integer(schema, value, owner, path);
                break;
            default:
                if (!JsonTypes.Fits(JsonTypes.Of(value), schema.Type!))
                {
                    Mismatch(GoName(value), owner, path, schema);
                }

                break;
        }
    }

    private void Integer(SchemaNode schema, JsonNode value, string owner, string path)
    {
        if (value.Integer() is not { } number || (schema.Format == "int32" && number is < int.MinValue or > int.MaxValue))
        {
            Mismatch($"number {value.ToJsonString()}", owner, path, schema);
        }
    }

    private void IntOrString(JsonNode value, string owner, string path)
    {
        bool fits = value.GetValueKind() == JsonValueKind.String || value.Integer() is not null;
        if (!fits)
        {
            string found = value.GetValueKind() == JsonValueKind.Number ? $"number {value.ToJsonString()}" : GoName(value);
            _mismatch ??= $"json: cannot unmarshal {found} into Go struct field {owner}.{path} of type int32";
        }
    }

    private void Mismatch(string found, string owner, string path, SchemaNode wanted) =>
        _mismatch ??= $"json: cannot unmarshal {found} into Go struct field {owner}.{path} of type {GoType(wanted)}";

    private static string GoName(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Array => "array",
        _ => "object",
    };

    private static string GoType(SchemaNode schema) => (schema.Type, schema.Format) switch
    {
        ("array", _) => "[]" + GoType(schema.Items ?? SchemaNode.Anything),
        ("object", _) when schema.AdditionalProperties is { } each => "map[string]" + GoType(each),
        ("object", _) => "v1." + LastName(schema.TypeName ?? "RawExtension"),
        ("integer", { } format) => format,
        ("integer", null) => "int",
        ("number", _) => "float64",
        ("boolean", _) => "bool",
        _ => "string",
    };

    private static string LastName(string typeName) => typeName[(typeName.LastIndexOf('.') + 1)..];

    private static string BadTime(string time) =>
        $"parsing time {FieldErrors.Show(JsonValue.Create(time))} as \"2006-01-02T15:04:05Z07:00\": cannot parse {FieldErrors.Show(JsonValue.Create(time))} as \"2006\"";

    private static string? BadBase64(string data)
    {
        if (Convert.TryFromBase64String(data, new byte[data.Length], out _))
        {
            return null;
        }

        int at = data.AsSpan().IndexOfAnyExcept(Base64);
        return string.Create(CultureInfo.InvariantCulture, $"illegal base64 data at input byte {(at < 0 ? data.Length : at)}");
    }
}
