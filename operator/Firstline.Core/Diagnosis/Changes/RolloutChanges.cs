using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>Rollouts: those of the subject one by one, and the newest of each workload around it.</summary>
internal static class RolloutChanges
{
    // Templates of so many rollouts are compared.
    private const int MaxOwn = 5;
    private const int MaxOthers = 20;

    /// <summary>The subject's rollouts since <paramref name="since"/>, the newest first; the newest one however old it is.</summary>
    public static IEnumerable<Change> Own(Situation situation, DateTimeOffset since)
    {
        ImmutableArray<RevisionFacts> revisions = situation.Revisions;
        if (revisions.Length < 2)
        {
            return [];
        }

        List<Change> found = [Of(situation.Subject, revisions[0], revisions[1], RolledOutAt(situation, revisions[0]), ChangeRelation.Self) with { By = Author(situation, revisions[0]) }];
        foreach ((RevisionFacts newer, RevisionFacts older) in revisions.Skip(1).Zip(revisions.Skip(2)).Take(MaxOwn - 1).TakeWhile(r => r.First.CreatedAt >= since))
        {
            // A restart leaves what was rolled out before it in place.
            bool isReplaced = found.Any(static c => !c.Touches(TemplateAspect.RestartOnly));
            found.Add(Of(situation.Subject, newer, older, newer.CreatedAt, ChangeRelation.Self) with { IsOlder = true, IsSuperseded = isReplaced });
        }

        return found;
    }

    // Whoever changed the workload as its newest revision was made.
    private static string Author(Situation situation, RevisionFacts newest) =>
        situation.Workload?.LastChange is { } last && (last.Time - newest.CreatedAt).Duration() < TimeSpan.FromSeconds(5) ? last.By : "";

    /// <summary>The newest rollouts of other workloads since <paramref name="since"/>.</summary>
    public static IEnumerable<Change> Others(Situation situation, Dependencies dependencies, DateTimeOffset since) =>
        from rollout in situation.Around.Rollouts.Where(r => r.Newest.CreatedAt >= since).OrderByDescending(static r => r.Newest.CreatedAt).Take(MaxOthers)
        select Of(rollout.Workload, rollout.Newest, rollout.Before, rollout.Newest.CreatedAt, dependencies.Of(rollout.Workload));

    private static Change Of(TargetRef workload, RevisionFacts newer, RevisionFacts older, DateTimeOffset time, ChangeRelation relation)
    {
        ImmutableArray<TemplateDifference> differences = TemplateComparison.Compare(older.TemplateJson, newer.TemplateJson);
        return new()
        {
            Resource = workload,
            Time = time,
            Relation = relation,
            RevisionBefore = older.Number,
            Differences = differences,
            Summary = string.Create(
                CultureInfo.InvariantCulture, $"revision {newer.Number} replaced revision {older.Number}: {string.Join("; ", differences.Select(static d => d.Summary))}"),
        };
    }

    // An undo takes up an old ReplicaSet again, whose own age then says nothing: its first pod does.
    private static DateTimeOffset RolledOutAt(Situation situation, RevisionFacts newest) =>
        situation.Revisions.All(r => r.CreatedAt <= newest.CreatedAt)
            ? newest.CreatedAt
            : situation.Pods.Where(p => p.RevisionHash == newest.PodHash).Select(static p => p.CreatedAt).DefaultIfEmpty(newest.CreatedAt).Min();
}
