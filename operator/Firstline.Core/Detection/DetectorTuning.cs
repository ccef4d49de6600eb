using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Detection;

/// <summary>Tunes detectors by what humans said of their incidents: one detector on one object, as the policy declares, for a time that ends, and never in silence.</summary>
/// <remarks>
/// What follows from feedback is worked out once and recorded in the status of the incident; findings are judged by these records alone, so that nothing is held back that no
/// object tells. Signals from outside are not touched: their rules are tuned where they come from.
/// </remarks>
public static class DetectorTuning
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);   // as the schema's default

    /// <summary>What follows from the feedback.</summary>
    /// <param name="given">What the human said.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="rules">The policy's rules; null without a policy.</param>
    /// <param name="now">When it is taken up.</param>
    public static FeedbackRecord Record(Feedback given, Incident incident, FeedbackRules? rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ImmutableArray<string> detectors = [.. Findings(incident).Select(static s => s.Name).Distinct()];
        FeedbackRecord record = new() { Given = given, At = now };
        record = rules is null || detectors.IsEmpty ? record : Tuned(record, Of(given, rules) ?? new(), rules.KeepFor?.Value ?? Kept);
        return record with { Effect = Effect(record, detectors, incident.Spec.Target) };
    }

    private static FeedbackRecord Tuned(FeedbackRecord record, FeedbackTuning tuning, TimeSpan keep)
    {
        bool raises = tuning.RaiseWindowBy?.Value > TimeSpan.Zero;
        return record with
        {
            RaisedBy = raises ? tuning.RaiseWindowBy : null,
            RaisedUntil = raises ? record.At + keep : null,
            MutedUntil = tuning.MuteFor is { } mute && mute.Value > TimeSpan.Zero ? record.At + mute.Value : null,
        };
    }

    /// <summary>The reason of the condition that tells the record.</summary>
    public static string ReasonOf(FeedbackRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.MutedUntil is not null ? FeedbackReasons.DetectorMuted : record.RaisedBy is not null ? FeedbackReasons.WindowRaised : FeedbackReasons.FeedbackCounted;
    }

    /// <summary>Until when a finding is held back, and why; null when it is reported.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="incidents">Incidents that hold its signal and are over: what an open one reports is never held back.</param>
    /// <param name="now">The time to judge at.</param>
    public static (DateTimeOffset Until, string Why)? Hold(Finding finding, IEnumerable<Incident> incidents, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return (from incident in incidents
                let record = incident.Status?.Feedback
                where record is not null
                from signal in Findings(incident)
                where signal.Fingerprint == finding.Fingerprint
                let until = Later(record.MutedUntil, RaisedEnd(record, signal, finding, now))
                where until > now
                orderby until descending
                select ((DateTimeOffset, string)?)(until.Value, $"incident {incident.Metadata.Name} was called {record.Given}: {record.Effect}")).FirstOrDefault();
    }

    // What lasted ten minutes when it was reported in vain must last longer than ten minutes the next time.
    private static DateTimeOffset? RaisedEnd(FeedbackRecord record, SignalRecord signal, Finding finding, DateTimeOffset now)
    {
        if (record.RaisedBy is not { } raised || record.RaisedUntil <= now)
        {
            return null;
        }

        TimeSpan lasted = signal.StartedAt is { } began && began < signal.FirstSeen ? signal.FirstSeen - began : TimeSpan.Zero;
        return finding.Since + lasted + raised.Value;
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;

    private static IEnumerable<SignalRecord> Findings(Incident incident) => incident.Status?.Signals.Where(static s => s.Source == IncidentSource.Detector) ?? [];

    private static FeedbackTuning? Of(Feedback given, FeedbackRules rules) => given switch
    {
        Feedback.FalsePositive => rules.FalsePositive,
        Feedback.Duplicate => rules.Duplicate,
        _ => rules.WrongCategory,
    };

    private static string Effect(FeedbackRecord record, ImmutableArray<string> detectors, TargetRef target)
    {
        if (detectors.IsEmpty)
        {
            return "it is counted; no detector reported this, so that the rule is to be changed where its signals come from";
        }

        string who = $"{string.Join(", ", detectors.Take(3))} on {target}";
        return (record.MutedUntil, record.RaisedBy) switch
        {
            ({ } muted, _) => $"{who} is not reported until {Text(muted)}",
            (_, { } raised) => $"{who} must last {raised} longer to be reported, until {Text(record.RaisedUntil!.Value)}",
            _ => $"it is counted; the policy tunes nothing after {record.Given}",
        };
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
