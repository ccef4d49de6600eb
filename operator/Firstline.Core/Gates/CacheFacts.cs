using System.Collections.Immutable;

namespace Firstline.Core.Gates;

/// <summary>How far the caches that decisions rest on can be believed.</summary>
/// <param name="HasSynced">True when every cache has been filled once.</param>
/// <param name="LastContact">When the cache that heard from the API server least recently last did, by object, bookmark or answer; null when never.</param>
public sealed record CacheFacts(bool HasSynced, DateTimeOffset? LastContact)
{
    /// <summary>Objects of all caches whose newest version cannot be decoded.</summary>
    public ImmutableArray<UnreadableObject> Unreadable { get; init; } = [];
}
