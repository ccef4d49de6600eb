using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Keeps the signals of an incident: what one more report makes of the part of the status that the detection controller owns.</summary>
/// <remarks>
/// That part is signals, count, the condition Detected, the clocks startedAt and detectedAt, and the timeline entries signed <see cref="FieldManagers.Detection"/>.
/// A detector's finding that fires already changes nothing, since it is judged again at every change of an object; an alert that is sent again counts up,
/// since it is only sent again when somebody decided so. A signal that fires again after it had resolved counts up either way. What came too late to be news is
/// passed over (<see cref="LateDelivery"/>).
/// </remarks>
public static class SignalLedger
{
    /// <summary>
    /// Most signals in an incident's list. Of more, those go first that resolved first; those that fire are remembered as
    /// <see cref="UnlistedSignals"/>, findings and what a human reported last of all.
    /// </summary>
    public const int MaxSignals = 64;

    /// <summary>Most signals that fire beyond the list.</summary>
    public const int MaxUnlisted = 1024;

    /// <summary>Most timeline entries of the detection controller; the first ones and the latest stay.</summary>
    public const int MaxEntries = 64;

    /// <summary>Reason of the condition Detected while a signal fires.</summary>
    public const string SignalFiring = "SignalFiring";

    /// <summary>Reason of the condition Detected when no signal fires any more.</summary>
    public const string SignalsResolved = "SignalsResolved";

    /// <summary>Reason of a timeline entry for a signal that began to fire.</summary>
    public const string SignalFired = "SignalFired";

    /// <summary>Reason of a timeline entry for a signal that ended.</summary>
    public const string SignalResolved = "SignalResolved";

    /// <summary>The owned part of the status after the news; null when they change nothing.</summary>
    public static IncidentStatus? Apply(Incident incident, SignalNews news, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(news);
        IncidentStatus before = incident.Status ?? new();
        SignalRecord? known = before.Signals.FirstOrDefault(s => s.Fingerprint == news.Fingerprint) ?? UnlistedSignals.Find(before.UnlistedSignals, news, now);
        if (LateDelivery.IsNoNews(known, news, now))
        {
            return null;
        }

        SignalRecord record = Merge(known, news, now);
        ImmutableArray<SignalRecord> byWorth = ByWorth(before.Signals.Where(s => s.Fingerprint != news.Fingerprint).Append(record));
        ImmutableArray<SignalRecord> signals = [.. byWorth.Take(MaxSignals).OrderBy(static s => s.FirstSeen).ThenBy(static s => s.Fingerprint, StringComparer.Ordinal)];
        ImmutableArray<string> unlisted = UnlistedSignals.After(before.UnlistedSignals, news, byWorth.Skip(MaxSignals).Where(static s => s.State == SignalState.Firing));
        return new()
        {
            Count = (before.Count ?? 0) + (news.IsFiring ? 1 : 0),
            Signals = signals,
            UnlistedSignals = unlisted,
            Conditions = [Detected(incident, before, signals, unlisted.Length, now)],
            Timeline = Timeline(before, known, record, news, now),
            Clocks = new()
            {
                StartedAt = Earlier(before.Clocks?.StartedAt, news.Since > now ? now : news.Since),
                DetectedAt = before.Clocks?.DetectedAt ?? now,
            },
        };
    }

    /// <summary>False when the news begin a firing that the incident could neither list nor remember.</summary>
    public static bool HasRoomFor(Incident incident, SignalNews news)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(news);
        return !news.IsFiring
            || incident.Status is not { } status
            || status.UnlistedSignals.Length < MaxUnlisted
            || status.Signals.Count(static s => s.State == SignalState.Firing) < MaxSignals
            || status.Signals.Any(s => s.Fingerprint == news.Fingerprint)
            || UnlistedSignals.KeysOf(incident).Contains(UnlistedSignals.KeyOf(news.Fingerprint));
    }

    private static SignalRecord Merge(SignalRecord? known, SignalNews news, DateTimeOffset now)
    {
        SignalRecord before = known ?? new() { Fingerprint = news.Fingerprint, Source = news.Source, Name = news.Name, FirstSeen = now, Summary = news.Summary };
        return before with
        {
            State = news.IsFiring ? SignalState.Firing : SignalState.Resolved,
            StartedAt = news.IsFiring ? news.Since : before.StartedAt,
            LastSeen = now,
            ResolvedAt = news.ResolvedAt,
            Count = before.Count + (news.IsFiring ? 1 : 0),
            Summary = news.IsFiring ? news.Summary : before.Summary,
            CauseHint = news.CauseHint ?? before.CauseHint,
            Category = news.Category ?? before.Category,
        };
    }

    private static ImmutableArray<SignalRecord> ByWorth(IEnumerable<SignalRecord> signals) =>
    [
        .. signals.OrderBy(static s => s.State)
            .ThenByDescending(static s => s.ResolvedAt)
            .ThenBy(static s => s.Source)
            .ThenBy(static s => s.FirstSeen)
            .ThenBy(static s => s.Fingerprint, StringComparer.Ordinal),
    ];

    private static Condition Detected(
        Incident incident, IncidentStatus before, ImmutableArray<SignalRecord> signals, int unlisted, DateTimeOffset now)
    {
        ImmutableArray<SignalRecord> firing = [.. signals.Where(static s => s.State == SignalState.Firing)];
        ConditionStatus status = firing.IsEmpty && unlisted == 0 ? ConditionStatus.False : ConditionStatus.True;
        Condition? known = before.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Detected);
        return new()
        {
            Type = ConditionTypes.Detected,
            Status = status,
            Reason = status == ConditionStatus.False ? SignalsResolved : SignalFiring,
            Message = firing is [{ } first, ..]
                ? string.Create(CultureInfo.InvariantCulture, $"{Firing(firing.Length + unlisted, signals.Length + unlisted)}: {first.Name}: {first.Summary}")
                : unlisted > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{Firing(unlisted, signals.Length + unlisted)}, none of them in the list")
                : signals.Length == 1 ? "the signal does not fire any more" : string.Create(CultureInfo.InvariantCulture, $"none of {signals.Length} signals fires any more"),
            ObservedGeneration = incident.Metadata.Generation,
            LastTransitionTime = known is not null && known.Status == status ? known.LastTransitionTime : now,
        };
    }

    // A repeat of what fires already is a number, not a line.
    private static ImmutableArray<TimelineEntry> Timeline(IncidentStatus before, SignalRecord? known, SignalRecord record, SignalNews news, DateTimeOffset now)
    {
        ImmutableArray<TimelineEntry> own = [.. before.Timeline.Where(static e => e.By == FieldManagers.Detection)];
        if (news.IsFiring && known is { State: SignalState.Firing })
        {
            return own;
        }

        string what = news.IsFiring ? SignalFired : SignalResolved;
        TimelineEntry entry = new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{(news.IsFiring ? "fired" : "resolved")}-{Facts.Fingerprints.Hash(record.Fingerprint, 12)}-{record.StartedAt?.ToUnixTimeSeconds() ?? 0:x}-{record.Count}"),
            Time = news.ResolvedAt ?? now,
            Reason = what,
            Message = Facts.BoundedText.Shorten(news.IsFiring ? $"{record.Name} fires: {record.Summary}" : $"{record.Name} no longer fires", 1024),
            By = FieldManagers.Detection,
        };
        ImmutableArray<TimelineEntry> all = [.. own.Where(e => e.Id != entry.Id), entry];
        return all.Length <= MaxEntries ? all : [.. all.Take(MaxEntries / 2), .. all.Skip(all.Length - (MaxEntries / 2))];
    }

    private static DateTimeOffset Earlier(DateTimeOffset? left, DateTimeOffset right) => left is { } known && known < right ? known : right;

    private static string Firing(int firing, int all) =>
        all == 1 ? "1 signal fires" : string.Create(CultureInfo.InvariantCulture, $"{firing} of {all} signals {Counted.Noun(firing, "fires", "fire")}");
}
