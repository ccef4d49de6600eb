using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;

namespace Firstline.DevServer.Admission;

/// <summary>Collects field errors in the API server's own words (<c>k8s.io/apimachinery</c> field errors).</summary>
internal sealed class FieldErrors
{
    /// <summary>Where the server names no field.</summary>
    public const string NoField = "<nil>";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<StatusCause> _causes = [];

    public int Count => _causes.Count;

    public bool Any(Func<StatusCause, bool> which) => _causes.Exists(c => which(c));

    public ImmutableArray<StatusCause> ToCauses() => [.. _causes];

    public void Required(string field, string detail = "") =>
        Add("FieldValueRequired", field, detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public void Invalid(string field, JsonNode? value, string detail) => Add("FieldValueInvalid", field, $"Invalid value: {Show(value)}: {detail}");

    /// <summary>For rules over objects, whose value would not fit into a sentence.</summary>
    public void InvalidWithoutValue(string field, string detail) => Add("FieldValueInvalid", field, $"Invalid value: {detail}");

    public void WrongType(string field, string found, string detail) => Add("FieldValueTypeInvalid", field, $"Invalid value: \"{found}\": {detail}");

    public void NotSupported(string field, JsonNode? value, IEnumerable<JsonNode?> supported) =>
        Add("FieldValueNotSupported", field, $"Unsupported value: {Show(value)}: supported values: {string.Join(", ", supported.Select(Show))}");

    public void NotSupported(string field, JsonNode? value, params ReadOnlySpan<string> supported)
    {
        JsonNode?[] values = new JsonNode?[supported.Length];
        for (int i = 0; i < supported.Length; i++)
        {
            values[i] = JsonValue.Create(supported[i]);
        }

        NotSupported(field, value, values.AsEnumerable());
    }

    public void Duplicate(string field, JsonNode? value) => Add("FieldValueDuplicate", field, $"Duplicate value: {Show(value)}");

    public void NotFound(string field, JsonNode? value) => Add("FieldValueNotFound", field, $"Not found: {Show(value)}");

    public void Forbidden(string field, string detail) => Add("FieldValueForbidden", field, $"Forbidden: {detail}");

    public void TooLong(string field, int limit) => Add("FieldValueTooLong", field, $"Too long: may not be more than {limit} bytes");

    public void TooMany(string field, int count, int limit) => Add("FieldValueTooMany", field, $"Too many: {count}: must have at most {limit} items");

    public void Immutable(string field, JsonNode? value) => Invalid(field, value, "field is immutable");

    public void AddRange(FieldErrors others) => _causes.AddRange(others._causes);

    /// <summary>A value as the server prints it: strings in quotes, all else as compact JSON.</summary>
    public static string Show(JsonNode? value)
    {
        if (value is null)
        {
            return "null";
        }

        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Plain))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Add(string reason, string field, string message) => _causes.Add(new StatusCause { Reason = reason, Message = message, Field = field });
}
