using System.Text.Json.Nodes;

namespace Firstline.DevServer.Tables;

/// <summary>One step of a <see cref="JsonPath"/>.</summary>
internal abstract record JsonPathStep
{
    private JsonPathStep()
    {
    }

    public sealed record Field(string Name) : JsonPathStep;

    /// <param name="Position">Counted from the end when negative.</param>
    public sealed record Index(int Position) : JsonPathStep;

    public sealed record All : JsonPathStep;

    /// <param name="Path">What is compared, seen from each item.</param>
    /// <param name="Operator">Empty when only existence is asked.</param>
    /// <param name="Value">What it is compared with.</param>
    public sealed record Filter(JsonPath Path, string Operator, JsonNode Value) : JsonPathStep;
}
