using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Http.Requests;

/// <summary>A decoded body.</summary>
/// <param name="Node">Null for an empty body.</param>
/// <param name="Duplicates">Paths of fields that came twice; the last value counts.</param>
internal sealed record ParsedBody(JsonNode? Node, ImmutableArray<string> Duplicates);
