using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.Testing.Models;

/// <summary>What a <see cref="ScriptedModel"/> was asked.</summary>
/// <param name="Path">Path of the request.</param>
/// <param name="Headers">Its headers, by lower-case name.</param>
/// <param name="Body">Its body, byte for byte.</param>
public sealed record ModelAsked(string Path, ImmutableDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;
}
