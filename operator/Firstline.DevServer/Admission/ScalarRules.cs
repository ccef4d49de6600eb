using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Bounds, patterns and formats of strings and numbers.</summary>
internal static class ScalarRules
{
    // A pattern is a user's; this bounds what one can cost. The server's engine is linear in time.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <param name="schema">What is wanted.</param>
    /// <param name="value">A scalar or null.</param>
    /// <param name="path">The field.</param>
    /// <param name="body">The field, as messages call it.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static void Check(SchemaNode schema, JsonNode? value, string path, string body, FieldErrors errors)
    {
        if (value?.GetValueKind() == JsonValueKind.String)
        {
            CheckString(schema, value, path, body, errors);
        }
        else if (value.Number() is { } number)
        {
            CheckNumber(schema, value!, number, path, body, errors);
        }
    }

    /// <summary>True when the text matches a pattern of the schema language, which like Go's is not anchored.</summary>
    public static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternTimeout);

    private static void CheckString(SchemaNode schema, JsonNode value, string path, string body, FieldErrors errors)
    {
        string text = value.GetValue<string>();
        if (!CheckLength(schema, value, text.EnumerateRunes().Count(), path, body, errors))
        {
            return;
        }

        if (schema.Pattern is { } pattern && !Matches(text, pattern))
        {
            errors.Invalid(path, value, $"{body} in body should match '{pattern}'");
        }

        if (schema.Format is { } format && schema.Type is null or "string" && !StringFormats.Accept(format, text))
        {
            errors.WrongType(path, text, $"{body} in body must be of type {format}: {FieldErrors.Show(value)}");
        }
    }

    // A text of a wrong length is not looked at further.
    private static bool CheckLength(SchemaNode schema, JsonNode value, int length, string path, string body, FieldErrors errors)
    {
        if (schema.MaxLength is { } max && length > max)
        {
            errors.TooLong(path, max);
            return false;
        }

        if (schema.MinLength is { } min && length < min)
        {
            errors.Invalid(path, value, $"{body} in body should be at least {min} chars long");
            return false;
        }

        return true;
    }

    private static void CheckNumber(SchemaNode schema, JsonNode value, double number, string path, string body, FieldErrors errors)
    {
        if (schema.Type == "integer" && !FitsFormat(schema.Format, number))
        {
            string named = schema.Format is null ? "(default format)" : $"with format {schema.Format}";
            errors.Invalid(FieldErrors.NoField, JsonValue.Create(""), $"Checked value must be of type integer {named} in {body}");
        }

        if (schema.MultipleOf is { } factor && Math.Abs(Math.IEEERemainder(number, factor)) > 1e-9)
        {
            errors.Invalid(path, value, $"{body} in body should be a multiple of {factor.ToString(CultureInfo.InvariantCulture)}");
        }

        CheckBounds(schema, value, number, path, body, errors);
    }

    private static void CheckBounds(SchemaNode schema, JsonNode value, double number, string path, string body, FieldErrors errors)
    {
        if (schema.Maximum is { } max && (schema.ExclusiveMaximum ? number >= max : number > max))
        {
            errors.Invalid(path, value, $"{body} in body should be less than {OrEqual(schema.ExclusiveMaximum)}{Show(max)}");
        }

        if (schema.Minimum is { } min && (schema.ExclusiveMinimum ? number <= min : number < min))
        {
            errors.Invalid(path, value, $"{body} in body should be greater than {OrEqual(schema.ExclusiveMinimum)}{Show(min)}");
        }
    }

    private static string OrEqual(bool exclusive) => exclusive ? "" : "or equal to ";

    private static string Show(double bound) => bound.ToString(CultureInfo.InvariantCulture);

    private static bool FitsFormat(string? format, double number) =>
        number == Math.Floor(number) && (format != "int32" || number is >= int.MinValue and <= int.MaxValue);
}
