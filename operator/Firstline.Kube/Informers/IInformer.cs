using System.Collections.Immutable;
using Firstline.Kube.Client;

namespace Firstline.Kube.Informers;

/// <summary>The part of an informer that does not depend on what it holds; for readiness checks and gates.</summary>
public interface IInformer
{
    /// <summary>What it watches.</summary>
    ResourceQuery Query { get; }

    /// <summary>What is listed and watched by itself: the query, or its parts, such as one for each namespace that may be read. Empty where nothing of it may: the cache is then empty, and current.</summary>
    ImmutableArray<ResourceQuery> Parts { get; }

    /// <summary>True once the first list (of each part) is complete; stays true.</summary>
    bool HasSynced { get; }

    /// <summary>
    /// As of when the cache is surely current: the last event or bookmark, or the begin of the last whole list, which is read again after
    /// <see cref="InformerOptions.IdleTimeout"/> without either; <see cref="DateTimeOffset.MinValue"/> before that. A connection that is open but has shown nothing yet, or a list that is half read, does
    /// not count; of several parts the oldest counts, and of none it is <see cref="DateTimeOffset.MaxValue"/>. A gate that reads the cache fails closed when this is too long ago.
    /// </summary>
    DateTimeOffset LastContact { get; }

    /// <summary>Why the cache may be behind: the last failure, one sentence; null while the connection works.</summary>
    string? Trouble { get; }

    /// <summary>
    /// Objects whose newest version cannot be decoded: the cache is behind for them, however recent <see cref="LastContact"/> is. A gate that
    /// reads one of them fails closed. Empty again when a readable version arrives.
    /// </summary>
    ImmutableArray<UnreadableObject> Unreadable { get; }

    /// <summary>Waits until <see cref="HasSynced"/>.</summary>
    Task WaitForSyncAsync(CancellationToken ct);

    internal bool HasSeen(WrittenObject written);
}
