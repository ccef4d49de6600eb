using System.Collections.Immutable;

namespace Firstline.DevServer.Tests.Conformance;

/// <summary>One request of a table, and the answer that a real server gave to it.</summary>
/// <param name="Line">Where the request stands in its file, counted from 1.</param>
/// <param name="Verb">An HTTP method, or <c>WATCH</c>, <c>NEXT</c>, <c>AWAIT</c> and <c>END</c> of a watch.</param>
/// <param name="Target">Path and query; for the words of a watch, its name.</param>
/// <param name="MediaType">Of the body; null without one.</param>
/// <param name="Body">What is sent, variables not yet filled in; null for nothing.</param>
internal sealed record Interaction(int Line, string Verb, string Target, string? MediaType, string? Body)
{
    /// <summary>What the client accepts.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Paths of the parts of the answer that count; none for the whole.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>Variables taken from the answer: name and path.</summary>
    public ImmutableArray<(string Name, string Path)> Kept { get; init; } = [];

    /// <summary>The normalised answer of a real server, one or more lines; empty before it was recorded.</summary>
    public string Recorded { get; init; } = "";

    public override string ToString() => $"{Verb} {Target}";
}
