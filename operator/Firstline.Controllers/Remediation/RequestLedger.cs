using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Status;
using Firstline.Core.Gates;
using Firstline.Core.Planning;
using Firstline.Kube.Informers;

namespace Firstline.Controllers.Remediation;

/// <summary>
/// What this process wrote last into each request's status, and saw since. The leader is the only writer, so that this is never older than the cache, and
/// two requests for one target see each other's intents even before the watch shows them.
/// </summary>
/// <remarks>Which requests bear on another is kept as they change, so that judging one never walks through those that ended long ago.</remarks>
public sealed class RequestLedger
{
    // One of a target's requests may be the one that is judged, and it does not hold up itself.
    private const int LatestOfTarget = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RemediationRequest> _shown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RemediationRequest> _newest = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset At, string Uid)> _begun = [];
    private readonly Dictionary<string, SortedSet<(DateTimeOffset At, string Uid)>> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<(DateTimeOffset At, string Uid)>> _failed = new(StringComparer.Ordinal);

    /// <summary>A ledger that follows the requests; make it before controllers follow them, so that it is told first.</summary>
    public static RequestLedger Following(Informer<RemediationRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        RequestLedger ledger = new();
        requests.AddHandler(change => ledger.Changed(change.Old, change.New));
        return ledger;
    }

    /// <summary>Notes a status that was stored.</summary>
    public void Wrote(RemediationRequest request, RemediationRequestStatus status, DateTimeOffset now) => Note(request, new(status, true, now));

    /// <summary>Notes a status that is worth knowing, but not yet a write.</summary>
    public void Saw(RemediationRequest request, RemediationRequestStatus status) => Note(request, new(status, false, StoredAt(request)));

    /// <summary>
    /// Somebody else changed the request after it was read: what this process knows of it is no longer the newest, if it was another leader, and what it wrote before
    /// is in the cache.
    /// </summary>
    public void Overtaken(RemediationRequest request)
    {
        lock (_gate)
        {
            _written.Remove(UidOf(request));
            if (_shown.TryGetValue(UidOf(request), out RemediationRequest? shown))
            {
                Put(shown);
            }
        }
    }

    /// <summary>True when the stored status is this one.</summary>
    public bool Holds(RemediationRequest request, RemediationRequestStatus status) =>
        EntryOf(request)?.IsStored != false && StatusComparison.AreEqual(request.Status, status, FirstlineJson.Of<RemediationRequestStatus>());

    /// <summary>When this process wrote the request's status last; null when it never did.</summary>
    public DateTimeOffset? StoredAt(RemediationRequest request) => EntryOf(request)?.StoredAt;

    /// <summary>The request with the newest status known.</summary>
    public RemediationRequest Newest(RemediationRequest cached) => EntryOf(cached) is { } known ? cached with { Status = known.Status } : cached;

    /// <summary>The requests that gates judge this one by: under way, begun within <see cref="RateGate.Window"/>, or the last that changed its target.</summary>
    public ImmutableArray<RemediationRequest> BearingOn(RemediationRequest request, DateTimeOffset now)
    {
        lock (_gate)
        {
            IEnumerable<(DateTimeOffset At, string Uid)> recent = _begun.GetViewBetween((now - RateGate.Window, ""), (DateTimeOffset.MaxValue, ""));
            IEnumerable<(DateTimeOffset At, string Uid)> sameTarget = _changed.TryGetValue(TargetOf(request), out SortedSet<(DateTimeOffset, string)>? changes)
                ? changes.Reverse().Take(LatestOfTarget)
                : [];
            return [.. recent.Concat(sameTarget).Select(static e => e.Uid).Concat(_underWay).Distinct().Select(uid => _newest[uid])];
        }
    }

    /// <summary>The requests of a runbook that are under way or begun within <see cref="StagedRolloutGate.Window"/>.</summary>
    public ImmutableArray<RemediationRequest> RunsOf(RunbookReference runbook, DateTimeOffset now)
    {
        lock (_gate)
        {
            IEnumerable<string> recent = _begun.GetViewBetween((now - StagedRolloutGate.Window, ""), (DateTimeOffset.MaxValue, "")).Select(static e => e.Uid);
            return [.. recent.Concat(_underWay).Distinct().Select(uid => _newest[uid]).Where(r => r.Spec.Runbook.Name == runbook.Name && r.Spec.Runbook.Namespace == runbook.Namespace)];
        }
    }

    /// <summary>The runs of a runbook, whatever its revision, that failed after <paramref name="since"/> (<see cref="CircuitBreaker.FailedAt"/>).</summary>
    public ImmutableArray<RemediationRequest> FailedRunsOf(Runbook runbook, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        lock (_gate)
        {
            return _failed.TryGetValue(KeyOf(runbook.Metadata.Namespace, runbook.Metadata.Name), out SortedSet<(DateTimeOffset At, string Uid)>? failed)
                ? [.. failed.GetViewBetween((since, ""), (DateTimeOffset.MaxValue, "")).Select(e => _newest[e.Uid])]
                : [];
        }
    }

    internal void Changed(RemediationRequest? old, RemediationRequest? now)
    {
        lock (_gate)
        {
            if (old is not null && (now is null || UidOf(now) != UidOf(old)))
            {
                Forget(UidOf(old));
                _shown.Remove(UidOf(old));
                _written.Remove(UidOf(old));
            }

            if (now is not null)
            {
                _shown[UidOf(now)] = now;
                if (Progress.IsSettled(now))
                {
                    _written.Remove(UidOf(now));   // what the cache shows is final
                }

                Put(now with { Status = _written.TryGetValue(UidOf(now), out Entry? known) ? known.Status : now.Status });
            }
        }
    }

    private void Note(RemediationRequest request, Entry entry)
    {
        lock (_gate)
        {
            // The reconcile of one that is gone may still be under way, and no later event would take it out again.
            if (_newest.ContainsKey(UidOf(request)))
            {
                _written[UidOf(request)] = entry;
                Put(request with { Status = entry.Status });
            }
        }
    }

    private void Put(RemediationRequest request)
    {
        string uid = UidOf(request);
        Forget(uid);
        _newest[uid] = request;
        if (Progress.IsUnderWay(request))
        {
            _underWay.Add(uid);
        }

        if (Progress.FirstChange(request) is { } first && Progress.LastChange(request) is { } last)
        {
            _begun.Add((first, uid));
            Add(_changed, TargetOf(request), (last, uid));
        }

        if (CircuitBreaker.FailedAt(request) is { } failed)
        {
            Add(_failed, KeyOf(request.Spec.Runbook.Namespace, request.Spec.Runbook.Name), (failed, uid));
        }
    }

    private void Forget(string uid)
    {
        if (!_newest.Remove(uid, out RemediationRequest? request))
        {
            return;
        }

        _underWay.Remove(uid);
        if (Progress.FirstChange(request) is { } first && Progress.LastChange(request) is { } last)
        {
            _begun.Remove((first, uid));
            Remove(_changed, TargetOf(request), (last, uid));
        }

        if (CircuitBreaker.FailedAt(request) is { } failed)
        {
            Remove(_failed, KeyOf(request.Spec.Runbook.Namespace, request.Spec.Runbook.Name), (failed, uid));
        }
    }

    private static void Add(Dictionary<string, SortedSet<(DateTimeOffset, string)>> times, string key, (DateTimeOffset, string) item) =>
        (times.TryGetValue(key, out SortedSet<(DateTimeOffset, string)>? known) ? known : times[key] = []).Add(item);

    private static void Remove(Dictionary<string, SortedSet<(DateTimeOffset, string)>> times, string key, (DateTimeOffset, string) item)
    {
        if (times.TryGetValue(key, out SortedSet<(DateTimeOffset, string)>? known) && known.Remove(item) && known.Count == 0)
        {
            times.Remove(key);
        }
    }

    private Entry? EntryOf(RemediationRequest request)
    {
        lock (_gate)
        {
            return _written.GetValueOrDefault(UidOf(request));
        }
    }

    // The same as Progress.HaveSameTarget compares.
    private static string TargetOf(RemediationRequest request)
    {
        TargetRef target = TouchedObjects.TargetOf(request);
        return $"{target.Kind}/{target.Namespace}/{target.Name}";
    }

    private static string KeyOf(string? ns, string name) => $"{ns}/{name}";

    private static string UidOf(RemediationRequest request) => request.Metadata.Uid ?? "";

    /// <summary>The newest status of a request; whether it is stored; and when one was stored last.</summary>
    private sealed record Entry(RemediationRequestStatus Status, bool IsStored, DateTimeOffset? StoredAt);
}
