using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Status;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// What this process wrote last into each request's status, and saw since. The leader is the only writer, so that this is never older than the cache, and
/// two requests for one target see each other's intents even before the watch shows them.
/// </summary>
public sealed class RequestLedger
{
    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    /// <summary>Notes a status that was stored.</summary>
    public void Wrote(RemediationRequest request, RemediationRequestStatus status, DateTimeOffset now) => _known[UidOf(request)] = new(status, true, now);

    /// <summary>Notes a status that is worth knowing, but not yet a write.</summary>
    public void Saw(RemediationRequest request, RemediationRequestStatus status) =>
        _known.AddOrUpdate(UidOf(request), static (_, s) => new(s, false, null), static (_, known, s) => known with { Status = s, IsStored = false }, status);

    /// <summary>True when the stored status is this one.</summary>
    public bool Holds(RemediationRequest request, RemediationRequestStatus status) =>
        (!_known.TryGetValue(UidOf(request), out Entry? known) || known.IsStored)
        && StatusComparison.AreEqual(request.Status, status, FirstlineJson.Of<RemediationRequestStatus>());

    /// <summary>When this process wrote the request's status last; null when it never did.</summary>
    public DateTimeOffset? StoredAt(RemediationRequest request) => _known.TryGetValue(UidOf(request), out Entry? known) ? known.StoredAt : null;

    /// <summary>The requests with the newest status known; those that are gone are forgotten.</summary>
    public ImmutableArray<RemediationRequest> Newest(ImmutableArray<RemediationRequest> cached)
    {
        HashSet<string> known = [.. cached.Select(UidOf)];
        foreach (string gone in _known.Keys.Where(uid => !known.Contains(uid)))
        {
            _known.TryRemove(gone, out _);
        }

        return [.. cached.Select(Newest)];
    }

    /// <summary>The request with the newest status known.</summary>
    public RemediationRequest Newest(RemediationRequest cached) =>
        _known.TryGetValue(UidOf(cached), out Entry? known) ? cached with { Status = known.Status } : cached;

    private static string UidOf(RemediationRequest request) => request.Metadata.Uid ?? "";

    /// <summary>The newest status of a request; whether it is stored; and when one was stored last.</summary>
    private sealed record Entry(RemediationRequestStatus Status, bool IsStored, DateTimeOffset? StoredAt);
}
