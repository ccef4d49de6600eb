namespace Firstline.DevServer.Schemas;

/// <summary>One column of a kind's Table.</summary>
/// <param name="Name">Heading, as kubectl prints it in upper case.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c> or <c>date</c>.</param>
/// <param name="JsonPath">Where the cell comes from.</param>
/// <param name="Priority">0 is always shown; above 0 only with <c>-o wide</c>.</param>
/// <param name="Description">What the column says.</param>
/// <param name="Format">OpenAPI format, such as <c>name</c> for the first column; empty for none.</param>
internal sealed record ColumnDefinition(string Name, string Type, string JsonPath, int Priority, string Description, string Format);
