using System.Collections.Concurrent;
using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// What this process wrote last into each request's status. The leader is the only writer, so that this is never older than the cache, and
/// two requests for one target see each other's intents even before the watch shows them.
/// </summary>
public sealed class RequestLedger
{
    private readonly ConcurrentDictionary<string, RemediationRequestStatus> _written = new(StringComparer.Ordinal);

    /// <summary>Notes a status that was stored.</summary>
    public void Wrote(RemediationRequest request, RemediationRequestStatus status) => _written[request.Metadata.Uid ?? ""] = status;

    /// <summary>The requests with the newest status known; those that are gone are forgotten.</summary>
    public ImmutableArray<RemediationRequest> Newest(ImmutableArray<RemediationRequest> cached)
    {
        HashSet<string> known = [.. cached.Select(static r => r.Metadata.Uid ?? "")];
        foreach (string gone in _written.Keys.Where(uid => !known.Contains(uid)))
        {
            _written.TryRemove(gone, out _);
        }

        return [.. cached.Select(Newest)];
    }

    /// <summary>The request with the newest status known.</summary>
    public RemediationRequest Newest(RemediationRequest cached) =>
        _written.TryGetValue(cached.Metadata.Uid ?? "", out RemediationRequestStatus? status) ? cached with { Status = status } : cached;
}
