using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tables;

/// <summary>One column of a built-in kind, with the way to its cells.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Type"><c>string</c> or <c>integer</c>.</param>
/// <param name="Priority">0 is always shown, 1 with <c>-o wide</c>.</param>
/// <param name="Cell">The cell of an object at a time.</param>
internal sealed record Column(string Name, string Type, int Priority, Func<JsonObject, DateTimeOffset, JsonNode?> Cell)
{
    public static Column Text(string name, Func<JsonObject, string?> cell) => new(name, "string", 0, (o, _) => cell(o));

    public static Column Count(string name, Func<JsonObject, long?> cell) => new(name, "integer", 0, (o, _) => cell(o) ?? 0);

    public static Column Wide(string name, Func<JsonObject, string?> cell) => new(name, "string", 1, (o, _) => cell(o));

    public static Column Age { get; } = new("Age", "string", 0, (o, now) => Cells.Age(o, now));

    public static Column CreatedAt { get; } = Text("Created At", o => Cells.Text(o, "metadata", "creationTimestamp"));
}
