using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Patching.ServerSideApply;

namespace Firstline.DevServer.Http.Writing;

/// <summary>What a request wants an object to become.</summary>
/// <param name="Object">The whole object.</param>
internal sealed record Proposal(JsonObject Object)
{
    /// <summary>Paths of fields that the body had twice.</summary>
    public ImmutableArray<string> Duplicates { get; init; } = [];

    /// <summary>Managed fields, where an apply has worked them out; null lets the write work them out.</summary>
    public ImmutableArray<ManagedEntry>? Owners { get; init; }
}
