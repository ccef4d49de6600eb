using System.Text.Json.Nodes;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

/// <summary>Cells of custom resources, by the JSONPath of their printer columns.</summary>
internal static class CustomColumns
{
    /// <summary>The cell, or null where the path leads nowhere or the value does not have the column's type.</summary>
    public static JsonNode? Cell(ColumnDefinition column, JsonPath path, JsonObject item, DateTimeOffset now)
    {
        JsonNode? value = path.Find(item).FirstOrDefault();
        return value is null ? null : column.Type switch
        {
            "integer" => value.Number() is { } number ? (long)number : null,
            "number" => value.Number(),
            "boolean" => value.Scalar() is "true" or "false" ? value.Flag() : null,
            "date" => Date(value, now),
            _ => value.Scalar() ?? FieldErrors.Show(value),
        };
    }

    private static string Date(JsonNode value, DateTimeOffset now) =>
        value.Time() is { } time ? HumanDuration.Since(time, now) : "<invalid>";
}
