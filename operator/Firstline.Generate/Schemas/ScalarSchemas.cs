using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;

namespace Firstline.Generate.Schemas;

/// <summary>Schemas of values that hold no others.</summary>
internal static class ScalarSchemas
{
    // Ten years as 87660h0m0s0ms, with room; the pattern alone would allow any length.
    private const int DurationLength = 32;

    private static readonly Dictionary<Type, Func<Field, JsonObject>> ByType = new()
    {
        [typeof(string)] = Text,
        [typeof(bool)] = _ => new() { ["type"] = "boolean" },
        [typeof(int)] = field => Number(field, "int32"),
        [typeof(long)] = field => Number(field, "int64"),
        [typeof(DateTimeOffset)] = _ => new() { ["type"] = "string", ["format"] = "date-time" },
        [typeof(Duration)] = _ => new() { ["type"] = "string", ["pattern"] = Duration.Pattern, ["maxLength"] = DurationLength },
    };

    /// <summary>The schema, or null when the field's type is not a scalar.</summary>
    public static JsonObject? TryOf(Field field) => field.Type.IsEnum ? Choice(Enum.GetNames(field.Type))
        : ByType.TryGetValue(field.Type, out Func<Field, JsonObject>? schema) ? schema(field)
        : null;

    /// <summary>One of a few words.</summary>
    public static JsonObject Choice(IEnumerable<string> names) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
    };

    private static JsonObject Text(Field field)
    {
        JsonObject schema = new() { ["type"] = "string", ["maxLength"] = field.MaxLength };
        if (field.MinLength is { } least)
        {
            schema["minLength"] = least;
        }

        if (field.Attribute<RegularExpressionAttribute>() is { } expression)
        {
            schema["pattern"] = expression.Pattern;
        }

        return schema;
    }

    /// <summary>The greatest int64 is left out: the schema's bounds are floating point and would round it up.</summary>
    private static JsonObject Number(Field field, string format)
    {
        RangeAttribute range = field.Range;
        JsonObject schema = new() { ["type"] = "integer", ["format"] = format };
        schema["minimum"] = Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture);
        if (Bound(range.Maximum) is { } greatest)
        {
            schema["maximum"] = greatest;
        }

        return schema;
    }

    private static long? Bound(object value) => value is double and >= long.MaxValue ? null : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
