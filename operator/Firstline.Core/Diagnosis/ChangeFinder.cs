using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Finds what changed lately: the newest rollout, compared with the revision before it, and ConfigMaps that the pods read.</summary>
internal static class ChangeFinder
{
    /// <summary>How far back a change is looked for.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(24);

    /// <summary>A change this long before the onset, or less, is suspected.</summary>
    public static readonly TimeSpan Suspicious = TimeSpan.FromMinutes(30);

    /// <summary>Clocks of nodes and of the API server differ, and a status is written after the fact: a change may seem this much later than its effect.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(5);

    private const int MaxSummary = 1024;

    /// <summary>The changes, the most suspicious first: those shortly before the onset, the latest of them first; then the others by nearness.</summary>
    public static ImmutableArray<Change> Find(Situation situation, DateTimeOffset onset, DateTimeOffset now) =>
    [
        .. Rollouts(situation).Concat(ConfigMaps(situation))
            .Where(c => now - c.Time <= Horizon)
            .OrderByDescending(c => IsSuspicious(c, onset))
            .ThenBy(c => (onset - c.Time).Duration())
            .ThenBy(static c => c.Topic, StringComparer.Ordinal),
    ];

    /// <summary>True for a change shortly before the onset.</summary>
    public static bool IsSuspicious(Change change, DateTimeOffset onset) =>
        change.Time <= onset + ClockSlack && onset - change.Time <= Suspicious;

    /// <summary>The change as the API shows it.</summary>
    public static ChangeRecord ToRecord(Change change, int rank, DateTimeOffset onset) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"C{rank}"),
        Time = change.Time,
        Resource = change.Resource,
        Summary = BoundedText.Of(change.Summary, MaxSummary),
        Reason = change.Time > onset + ClockSlack
            ? "made after the trouble began, so it cannot be the cause"
            : string.Create(CultureInfo.InvariantCulture, $"made {Before(onset - change.Time)}{(IsSuspicious(change, onset) ? "" : ", which is long before")}"),
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

    private static IEnumerable<Change> Rollouts(Situation situation)
    {
        if (situation.Revisions is not [{ } newest, { } before, ..])
        {
            yield break;
        }

        ImmutableArray<TemplateDifference> differences = TemplateComparison.Compare(before.TemplateJson, newest.TemplateJson);
        yield return new()
        {
            Resource = situation.Subject,
            Time = RolledOutAt(situation, newest),
            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"revision {newest.Number} replaced revision {before.Number}: {string.Join("; ", differences.Select(static d => d.Summary))}"),
            Differences = differences,
        };
    }

    // An undo takes up an old ReplicaSet again, whose own age then says nothing: its first pod does.
    private static DateTimeOffset RolledOutAt(Situation situation, RevisionFacts newest) =>
        situation.Revisions.All(r => r.CreatedAt <= newest.CreatedAt)
            ? newest.CreatedAt
            : situation.Pods.Where(p => p.RevisionHash == newest.PodHash).Select(static p => p.CreatedAt).DefaultIfEmpty(newest.CreatedAt).Min();

    private static IEnumerable<Change> ConfigMaps(Situation situation) =>
        from config in situation.ConfigMaps.Where(static c => c.ChangedAt is not null)
        select new Change
        {
            Resource = config.Ref,
            Time = config.ChangedAt.GetValueOrDefault(),
            Summary = $"data of ConfigMap {config.Ref.Name} changed{(config.ChangedBy is { } by ? $" by {by}" : "")}",
        };
}
