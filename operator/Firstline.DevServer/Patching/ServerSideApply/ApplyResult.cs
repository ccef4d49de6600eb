using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>What a server-side apply leads to.</summary>
internal abstract record ApplyResult
{
    private ApplyResult()
    {
    }

    /// <param name="Object">Merged, with what is no longer applied taken out; not yet defaulted, managed fields not yet written.</param>
    /// <param name="Entries">The managed fields after the apply.</param>
    internal sealed record Merged(JsonObject Object, ImmutableArray<ManagedEntry> Entries) : ApplyResult;

    /// <summary>Nothing happens, unless the client forces.</summary>
    internal sealed record Conflicting(ImmutableArray<OwnershipConflict> Conflicts) : ApplyResult;
}
