using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Makes facts of the drafts that all kinds have in common; each that is the same as before is the one of before.</summary>
internal static class MetadataJoin
{
    private static readonly SharedValues<ImmutableSortedDictionary<string, string>> AllLabels = new(new LabelComparer());

    public static OwnerReference? Controller(DraftList<OwnerDraft> owners, OwnerReference? before)
    {
        for (int i = 0; i < owners.Count; i++)
        {
            if (owners[i].Controller == true)
            {
                return Owner(owners[i], before);
            }
        }

        return null;
    }

    public static ImmutableSortedDictionary<string, string> Labels(List<KeyValuePair<string, string>> labels, ImmutableSortedDictionary<string, string> before)
    {
        if (labels.Count == 0)
        {
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        if (before.Count == labels.Count && labels.TrueForAll(l => before.TryGetValue(l.Key, out string? value) && value == l.Value))
        {
            return before;
        }

        ImmutableSortedDictionary<string, string>.Builder now = ImmutableSortedDictionary.CreateBuilder<string, string>();
        foreach ((string key, string value) in labels)
        {
            now[key] = value;
        }

        return AllLabels.Get(now.ToImmutable());   // pods of one template have the same
    }

    public static ImmutableArray<ConditionFacts> Conditions(DraftList<ConditionDraft> drafts, ImmutableArray<ConditionFacts> before)
    {
        Reused<ConditionFacts> conditions = new(before, drafts.Count);
        for (int i = 0; i < drafts.Count; i++)
        {
            conditions.Set(i, Condition(drafts[i], conditions.Before(i)));
        }

        return conditions.All;
    }

    private static ConditionFacts Condition(ConditionDraft draft, ConditionFacts? before)
    {
        ConditionStatus status = draft.Status switch { "True" => ConditionStatus.True, "False" => ConditionStatus.False, _ => ConditionStatus.Unknown };
        ConditionFacts now = new(draft.Type ?? "", status, draft.Reason ?? "", draft.Message ?? "", draft.Since);
        return now == before ? before : now;
    }

    private static OwnerReference Owner(OwnerDraft owner, OwnerReference? before)
    {
        OwnerReference now = new()
        {
            ApiVersion = owner.ApiVersion!, Kind = owner.Kind!, Name = owner.Name!, Uid = owner.Uid!,
            Controller = owner.Controller, BlockOwnerDeletion = owner.BlockOwnerDeletion,
        };
        return now == before ? before : Projecting.Shared(now);
    }
}
