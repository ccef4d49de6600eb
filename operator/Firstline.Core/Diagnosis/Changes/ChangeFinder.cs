using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>Finds what changed lately of the subject and of what may bear on it, and puts the most suspicious first.</summary>
internal static class ChangeFinder
{
    /// <summary>How far back from the onset a change is looked for.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(24);

    /// <summary>An onset longer ago than that is taken for one of then: what a signal says of its beginning may be wrong.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>A change this long before the onset, or less, is suspected.</summary>
    public static readonly TimeSpan Suspicious = TimeSpan.FromMinutes(30);

    /// <summary>Clocks of nodes and of the API server differ, and a status is written after the fact: a change may seem this much later than its effect.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(5);

    private const int MaxSummary = 1024;

    // From here on a change is taken for the likely culprit.
    private const int Culprit = 60;

    /// <summary>The changes with their scores, the highest first; of equal ones the one nearer to the onset.</summary>
    public static ImmutableArray<ScoredChange> Find(Situation situation, Dependencies dependencies, ImmutableArray<FailingContainer> failures, DateTimeOffset onset, DateTimeOffset now)
    {
        DateTimeOffset since = Since(onset, now);
        return
        [
            .. RolloutChanges.Own(situation, since)
                .Concat(RolloutChanges.Others(situation, dependencies, since))
                .Concat(ObjectChanges.Find(situation, dependencies))
                .Where(c => c.Time >= since)
                .Select(c => new ScoredChange(c, ChangeScore.Of(c, onset, failures)))
                .OrderByDescending(static c => c.Score.Points)
                .ThenBy(c => (onset - c.Change.Time).Duration())
                .ThenBy(static c => c.Change.Topic, StringComparer.Ordinal),
        ];
    }

    /// <summary>From when on changes are looked for: <see cref="Horizon"/> before the onset, and never longer ago than <see cref="Longest"/>.</summary>
    public static DateTimeOffset Since(DateTimeOffset onset, DateTimeOffset now) => (onset > now ? now : onset < now - Longest ? now - Longest : onset) - Horizon;

    /// <summary>True for a change shortly before the onset.</summary>
    public static bool IsSuspicious(Change change, DateTimeOffset onset) =>
        change.Time <= onset + ClockSlack && onset - change.Time <= Suspicious;

    /// <summary>The change as the API shows it; how to take it back is told of the first one alone, and of that one when it is the likely culprit.</summary>
    public static ChangeRecord ToRecord(ScoredChange found, int rank, Situation situation, EvidenceRedaction redaction) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"C{rank}"),
        Time = found.Change.Time,
        Resource = found.Change.Resource,
        By = found.Change.By.Length > 0 ? BoundedText.Of(found.Change.By, 128) : null,
        Summary = redaction.Of(found.Change.Summary, MaxSummary).Text,
        Score = found.Score.Points,
        Reason = BoundedText.Of(found.Score.Reason, MaxSummary),
        Rollback = rank == 1 && found.Score.Points >= Culprit ? RollbackPlans.Of(found.Change, situation, redaction) : null,
    };

    /// <summary>When something was, seen from the onset: <c>5 min before the trouble began</c>.</summary>
    public static string Before(TimeSpan time) => time < TimeSpan.FromSeconds(1) ? "just as the trouble began" : $"{Text(time)} before the trouble began";

    /// <summary>A length of time for people: seconds below two minutes, then minutes, then hours.</summary>
    public static string Text(TimeSpan time) => time switch
    {
        _ when time <= TimeSpan.Zero => "0 s",
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
    };
}
