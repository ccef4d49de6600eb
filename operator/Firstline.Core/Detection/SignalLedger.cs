using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Detection;

/// <summary>Keeps the signals of an incident: what one more report makes of the part of the status that the detection controller owns.</summary>
/// <remarks>
/// That part is signals, count, the condition Detected, the clocks startedAt and detectedAt, and the timeline entries signed <see cref="FieldManagers.Detection"/>.
/// A detector's finding that fires already changes nothing, since it is judged again at every change of an object; an alert that is sent again counts up,
/// since it is only sent again when somebody decided so. A signal that fires again after it had resolved counts up either way.
/// </remarks>
public static class SignalLedger
{
    /// <summary>Most signals of an incident; of more, those that fire and are the latest stay.</summary>
    public const int MaxSignals = 64;

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
        SignalRecord? known = before.Signals.FirstOrDefault(s => s.Fingerprint == news.Fingerprint);
        if (ChangesNothing(known, news))
        {
            return null;
        }

        SignalRecord record = Merge(known, news, now);
        ImmutableArray<SignalRecord> signals = Bounded([.. before.Signals.Where(s => s.Fingerprint != news.Fingerprint), record]);
        return new()
        {
            Count = before.Signals.Where(s => s.Fingerprint != news.Fingerprint).Sum(static s => s.Count) + record.Count,
            Signals = signals,
            Conditions = [Detected(incident, before, signals, now)],
            Timeline = Timeline(before, known, record, news, now),
            Clocks = new()
            {
                StartedAt = Earlier(before.Clocks?.StartedAt, news.Since > now ? now : news.Since),
                DetectedAt = before.Clocks?.DetectedAt ?? now,
            },
        };
    }

    private static bool ChangesNothing(SignalRecord? known, SignalNews news) => news.IsFiring
        ? known is { State: SignalState.Firing } && news.Source != IncidentSource.Alertmanager
        : known is null or { State: SignalState.Resolved } || (news.ResolvedAt < known.FirstSeen);

    private static SignalRecord Merge(SignalRecord? known, SignalNews news, DateTimeOffset now)
    {
        SignalRecord before = known ?? new() { Fingerprint = news.Fingerprint, Source = news.Source, Name = news.Name, FirstSeen = now, Summary = news.Summary };
        return before with
        {
            State = news.IsFiring ? SignalState.Firing : SignalState.Resolved,
            LastSeen = now,
            ResolvedAt = news.ResolvedAt,
            Count = before.Count + (news.IsFiring ? 1 : 0),
            Summary = news.IsFiring ? news.Summary : before.Summary,
            CauseHint = news.CauseHint ?? before.CauseHint,
        };
    }

    private static ImmutableArray<SignalRecord> Bounded(ImmutableArray<SignalRecord> signals) =>
    [
        .. signals.OrderBy(static s => s.State).ThenByDescending(static s => s.LastSeen).Take(MaxSignals)
            .OrderBy(static s => s.FirstSeen).ThenBy(static s => s.Fingerprint, StringComparer.Ordinal),
    ];

    private static Condition Detected(Incident incident, IncidentStatus before, ImmutableArray<SignalRecord> signals, DateTimeOffset now)
    {
        ImmutableArray<SignalRecord> firing = [.. signals.Where(static s => s.State == SignalState.Firing)];
        ConditionStatus status = firing.IsEmpty ? ConditionStatus.False : ConditionStatus.True;
        Condition? known = before.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Detected);
        return new()
        {
            Type = ConditionTypes.Detected,
            Status = status,
            Reason = firing.IsEmpty ? SignalsResolved : SignalFiring,
            Message = firing is [{ } first, ..]
                ? string.Create(CultureInfo.InvariantCulture, $"{firing.Length} of {signals.Length} signals fire: {first.Name}: {first.Summary}")
                : string.Create(CultureInfo.InvariantCulture, $"none of {signals.Length} signals fires any more"),
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
            Id = string.Create(CultureInfo.InvariantCulture, $"{(news.IsFiring ? "fired" : "resolved")}-{Facts.Fingerprints.Hash(record.Fingerprint, 12)}-{record.Count}"),
            Time = news.ResolvedAt ?? now,
            Reason = what,
            Message = Facts.BoundedText.Shorten(news.IsFiring ? $"{record.Name} fires: {record.Summary}" : $"{record.Name} no longer fires", 1024),
            By = FieldManagers.Detection,
        };
        ImmutableArray<TimelineEntry> all = [.. own.Where(e => e.Id != entry.Id), entry];
        return all.Length <= MaxEntries ? all : [.. all.Take(MaxEntries / 2), .. all.Skip(all.Length - (MaxEntries / 2))];
    }

    private static DateTimeOffset Earlier(DateTimeOffset? left, DateTimeOffset right) => left is { } known && known < right ? known : right;
}
