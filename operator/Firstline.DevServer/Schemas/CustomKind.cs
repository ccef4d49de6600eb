using System.Text.Json.Nodes;

namespace Firstline.DevServer.Schemas;

/// <summary>One served version of a kind that a CustomResourceDefinition defines.</summary>
/// <param name="Definition">What it shares with built-in kinds.</param>
/// <param name="Schema">Its <c>openAPIV3Schema</c> as it is written, for the OpenAPI documents; only read.</param>
internal sealed record CustomKind(KindDefinition Definition, JsonObject Schema);
