using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;
using Firstline.DevServer.Schemas.Contracts;

namespace Firstline.DevServer.Tables;

/// <summary>Shows objects as the Tables that kubectl prints.</summary>
internal sealed class TableRenderer : ITableRenderer
{
    private static readonly ConcurrentDictionary<string, JsonPath?> Paths = new(StringComparer.Ordinal);

    public JsonObject Render(KindDefinition kind, IReadOnlyList<JsonObject> items, JsonObject listMetadata, string includeObject, DateTimeOffset now)
    {
        ImmutableArray<Column> columns = kind.IsCustom ? [.. kind.Columns.Select(Custom)] : BuiltinColumns.For(kind);
        JsonArray headings = [Heading("Name", "string", "name", "Name of the object.", 0)];
        foreach ((Column column, int i) in columns.Select((c, i) => (c, i)))
        {
            headings.Add((JsonNode)(kind.IsCustom ? Heading(kind.Columns[i]) : Heading(column.Name, column.Type, "", "", column.Priority)));
        }

        JsonArray rows = [];
        foreach (JsonObject item in items)
        {
            rows.Add((JsonNode)Row(columns, item, includeObject, now));
        }

        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = listMetadata,
            ["columnDefinitions"] = headings,
            ["rows"] = rows,
        };
    }

    private static Column Custom(ColumnDefinition column)
    {
        JsonPath? path = Paths.GetOrAdd(column.JsonPath, Parse);
        return new Column(column.Name, column.Type, column.Priority, (o, now) => path is null ? null : CustomColumns.Cell(column, path, o, now));
    }

    // A definition with a path that cannot be read still serves its objects; the column stays empty.
    private static JsonPath? Parse(string text)
    {
        try
        {
            return JsonPath.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonObject Heading(ColumnDefinition column) => Heading(column.Name, column.Type, column.Format, column.Description, column.Priority);

    private static JsonObject Heading(string name, string type, string format, string description, int priority) => new()
    {
        ["name"] = name,
        ["type"] = type,
        ["format"] = format,
        ["description"] = description,
        ["priority"] = priority,
    };

    private static JsonObject Row(ImmutableArray<Column> columns, JsonObject item, string includeObject, DateTimeOffset now)
    {
        JsonArray cells = [(JsonNode)(item.Text("metadata", "name") ?? "")];
        foreach (Column column in columns)
        {
            cells.Add(column.Cell(item, now));
        }

        return new JsonObject { ["cells"] = cells, ["object"] = Included(item, includeObject) };
    }

    private static JsonObject? Included(JsonObject item, string includeObject) => includeObject switch
    {
        "None" => null,
        "Object" => item.DeepClone().AsObject(),
        _ => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = item["metadata"]?.DeepClone() },
    };
}
