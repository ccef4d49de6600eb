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

        DateTimeOffset rolledOut = RolledOutAt(situation, revisions[0]);
        List<Change> found = [Of(situation.Subject, revisions[0], revisions[1], rolledOut, ChangeRelation.Self) with { By = Author(situation, rolledOut) }];
        foreach ((RevisionFacts newer, RevisionFacts older) in revisions.Skip(1).Zip(revisions.Skip(2)).Take(MaxOwn - 1).TakeWhile(r => r.First.CreatedAt >= since))
        {
            // A restart leaves what was rolled out before it in place.
            bool isReplaced = found.Any(static c => !c.Touches(TemplateAspect.RestartOnly));
            found.Add(Of(situation.Subject, newer, older, newer.CreatedAt, ChangeRelation.Self) with { IsOlder = true, IsSuperseded = isReplaced });
        }

        return found;
    }

    // Whoever changed the workload as it was rolled out.
    private static string Author(Situation situation, DateTimeOffset rolledOut) =>
        situation.Workload?.LastChange is { } last && (last.Time - rolledOut).Duration() < TimeSpan.FromSeconds(5) ? last.By : "";

    /// <summary>The newest rollouts of other workloads since <paramref name="since"/>.</summary>
    public static IEnumerable<Change> Others(Situation situation, Dependencies dependencies, DateTimeOffset since) =>
        from dated in situation.Around.Rollouts.Select(r => (Rollout: r, Time: RolledOutAt(r, situation.Around))).Where(r => r.Time >= since).OrderByDescending(static r => r.Time).Take(MaxOthers)
        select Of(dated.Rollout.Workload, dated.Rollout.Newest, dated.Rollout.Before, dated.Time, dependencies.Of(dated.Rollout.Workload));

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

    // An undo, or the same release once more, takes up an old ReplicaSet again, whose own age then says nothing: its first pod does, where another revision is younger, and so does the
    // last change of the workload, where all of its pods came after it.
    private static DateTimeOffset RolledOutAt(Situation situation, RevisionFacts newest)
    {
        DateTimeOffset first = situation.Pods.Where(p => p.RevisionHash == newest.PodHash).Select(static p => p.CreatedAt).DefaultIfEmpty(newest.CreatedAt).Min();
        return situation.Revisions.Any(r => r.CreatedAt > newest.CreatedAt) ? first
            : ChangedAt(situation.Workload) is { } changed && changed > newest.CreatedAt && first >= changed ? changed
            : newest.CreatedAt;
    }

    // Pods of others are not at hand.
    private static DateTimeOffset RolledOutAt(RolloutFacts rollout, Surroundings around) => rollout.Before.CreatedAt <= rollout.Newest.CreatedAt
        ? rollout.Newest.CreatedAt
        : new[] { rollout.Before.CreatedAt, ChangedAt(around.Workloads.FirstOrDefault(w => w.Ref.Kind == rollout.Workload.Kind && w.Ref.Name == rollout.Workload.Name && w.Ref.Namespace == rollout.Workload.Namespace)) ?? default }.Max();

    private static DateTimeOffset? ChangedAt(WorkloadFacts? workload) => workload?.LastChange is { } last && !last.Fields.SequenceEqual(ObjectChanges.Scaling) ? last.Time : null;
}
