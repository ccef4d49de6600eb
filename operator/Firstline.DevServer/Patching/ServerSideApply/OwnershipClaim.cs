using System.Collections.Immutable;

namespace Firstline.DevServer.Patching.ServerSideApply;

/// <summary>A write as managed fields see it.</summary>
/// <param name="Manager">Who writes.</param>
/// <param name="ApiVersion">The version that it is written in.</param>
/// <param name="Now">When; null for a write through <c>/scale</c>, whose entries tell no time.</param>
internal sealed record OwnershipClaim(FieldManager Manager, string ApiVersion, DateTimeOffset? Now)
{
    /// <summary>Fields that this endpoint does not write, so that nobody owns them through it: <c>status</c> at the main resource, the rest at <c>/status</c>.</summary>
    public ImmutableArray<string> Unwritable { get; init; } = [];

    public FieldPresence Presence { get; init; }

    /// <summary>Fields that the server filled in by itself: the client owns them only where it sent them.</summary>
    public FieldSet ServerFilled { get; init; } = FieldSet.Empty;
}
