namespace Firstline.Api.Schema;

/// <summary>A column of <c>kubectl get</c>, in the order of the attributes.</summary>
/// <param name="name">Heading.</param>
/// <param name="jsonPath">Path of the cell's value, such as <c>.status.stage</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(string name, string jsonPath) : Attribute
{
    /// <summary>Heading.</summary>
    public string Name { get; } = name;

    /// <summary>Path of the cell's value.</summary>
    public string JsonPath { get; } = jsonPath;

    /// <summary><c>string</c>, <c>integer</c>, <c>boolean</c> or <c>date</c>.</summary>
    public string Type { get; init; } = "string";

    /// <summary>0 is always shown; above 0 only with <c>-o wide</c>.</summary>
    public int Priority { get; init; }

    /// <summary>What the column says, in one sentence.</summary>
    public string Description { get; init; } = "";
}
