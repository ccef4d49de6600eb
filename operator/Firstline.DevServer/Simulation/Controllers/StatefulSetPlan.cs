using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Which pod of a StatefulSet is made or removed next.</summary>
internal static class StatefulSetPlan
{
    /// <summary>A pod of the set.</summary>
    internal sealed record Member(int Ordinal, string Revision, bool IsHealthy, bool IsDeleting, bool IsFinished);

    /// <summary>What the spec asks for.</summary>
    /// <param name="Start">First ordinal.</param>
    /// <param name="Replicas">How many.</param>
    /// <param name="IsOrdered">One after another (<c>OrderedReady</c>) or all at once (<c>Parallel</c>).</param>
    /// <param name="Partition">Lowest ordinal that is updated; null when updates wait for a deletion (<c>OnDelete</c>).</param>
    /// <param name="CurrentRevision">Revision of the pods below the partition.</param>
    /// <param name="UpdateRevision">Revision of the others.</param>
    internal sealed record Wanted(int Start, int Replicas, bool IsOrdered, int? Partition, string CurrentRevision, string UpdateRevision);

    /// <summary>A step.</summary>
    internal abstract record Step
    {
        private Step()
        {
        }

        public sealed record Create(int Ordinal, string Revision) : Step;

        public sealed record Delete(int Ordinal) : Step;
    }

    /// <summary>The steps to take now; none when it is done or waits for a pod.</summary>
    public static ImmutableArray<Step> Next(Wanted wanted, ImmutableArray<Member> members)
    {
        ImmutableArray<Step> steps = Fill(wanted, members);
        if (!steps.IsEmpty && wanted.IsOrdered)
        {
            return [steps[0]];
        }

        bool isWaiting = wanted.IsOrdered && InRange(wanted, members).Any(member => !member.IsHealthy || member.IsDeleting);
        if (!steps.IsEmpty || isWaiting)
        {
            return steps;
        }

        ImmutableArray<Step> removals = Remove(wanted, members);
        bool areRemoving = members.Any(member => !IsInRange(wanted, member.Ordinal));
        return areRemoving ? removals : Update(wanted, members);
    }

    private static ImmutableArray<Step> Fill(Wanted wanted, ImmutableArray<Member> members)
    {
        ImmutableArray<Step>.Builder steps = ImmutableArray.CreateBuilder<Step>();
        for (int ordinal = wanted.Start; ordinal < wanted.Start + wanted.Replicas; ordinal++)
        {
            Member? member = members.FirstOrDefault(m => m.Ordinal == ordinal);
            if (member is null)
            {
                steps.Add(new Step.Create(ordinal, ordinal < wanted.Partition ? wanted.CurrentRevision : wanted.UpdateRevision));
            }
            else if (member is { IsFinished: true, IsDeleting: false })
            {
                steps.Add(new Step.Delete(ordinal));
            }
            else if (wanted.IsOrdered && !member.IsHealthy)
            {
                break;
            }
        }

        return steps.ToImmutable();
    }

    private static ImmutableArray<Step> Remove(Wanted wanted, ImmutableArray<Member> members)
    {
        ImmutableArray<Member> surplus = [.. members.Where(m => !IsInRange(wanted, m.Ordinal)).OrderByDescending(m => m.Ordinal)];
        bool isBusy = wanted.IsOrdered && surplus.Any(m => m.IsDeleting);
        IEnumerable<Step> steps = isBusy ? [] : surplus.Where(m => !m.IsDeleting).Select(m => new Step.Delete(m.Ordinal));
        return [.. wanted.IsOrdered ? steps.Take(1) : steps];
    }

    /// <summary>One pod at a time, the highest first; a pod that is not well stops the update.</summary>
    private static ImmutableArray<Step> Update(Wanted wanted, ImmutableArray<Member> members)
    {
        if (wanted.Partition is not { } partition)
        {
            return [];
        }

        foreach (Member member in InRange(wanted, members).Where(m => m.Ordinal >= partition).OrderByDescending(m => m.Ordinal))
        {
            if (member.Revision != wanted.UpdateRevision && !member.IsDeleting)
            {
                return [new Step.Delete(member.Ordinal)];
            }

            if (!member.IsHealthy)
            {
                return [];
            }
        }

        return [];
    }

    private static IEnumerable<Member> InRange(Wanted wanted, ImmutableArray<Member> members) => members.Where(m => IsInRange(wanted, m.Ordinal));

    private static bool IsInRange(Wanted wanted, int ordinal) => ordinal >= wanted.Start && ordinal < wanted.Start + wanted.Replicas;
}
