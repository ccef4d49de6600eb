using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Which pods of a DaemonSet are made or removed next.</summary>
internal static class DaemonSetPlan
{
    /// <summary>A pod of the set and the node it is for.</summary>
    internal sealed record Member(string Pod, string Node, bool IsUpdated, bool IsAvailable, bool IsDeleting, bool IsFinished);

    /// <summary>What to do now.</summary>
    /// <param name="Create">Nodes that get a pod.</param>
    /// <param name="Delete">Pods that go.</param>
    internal sealed record Steps(ImmutableArray<string> Create, ImmutableArray<string> Delete);

    /// <param name="nodes">Nodes that shall have a pod.</param>
    /// <param name="members">The pods there are.</param>
    /// <param name="maxUnavailable">How many nodes may be without during an update; null when updates wait for a deletion.</param>
    public static Steps Next(ImmutableArray<string> nodes, ImmutableArray<Member> members, int? maxUnavailable)
    {
        ImmutableArray<Member> living = [.. members.Where(m => !m.IsDeleting)];
        ImmutableArray<Member> kept = [.. living.Where(m => !m.IsFinished && nodes.Contains(m.Node)).GroupBy(m => m.Node).Select(Best)];
        ImmutableArray<string> wrong = [.. living.Except(kept).Select(m => m.Pod)];
        ImmutableArray<string> create = [.. nodes.Where(node => members.All(m => m.Node != node || (m.IsFinished && !m.IsDeleting)))];
        return new Steps(create, [.. wrong, .. maxUnavailable is { } limit ? Outdated(nodes, kept, limit) : []]);
    }

    private static Member Best(IEnumerable<Member> ofOneNode) =>
        ofOneNode.OrderByDescending(m => m.IsAvailable).ThenByDescending(m => m.IsUpdated).ThenBy(m => m.Pod, StringComparer.Ordinal).First();

    /// <summary>Old pods that serve no one go at once, others within the limit.</summary>
    private static IEnumerable<string> Outdated(ImmutableArray<string> nodes, ImmutableArray<Member> kept, int limit)
    {
        ImmutableArray<Member> old = [.. kept.Where(m => !m.IsUpdated).OrderBy(m => m.Node, StringComparer.Ordinal)];
        int unavailable = nodes.Length - kept.Count(m => m.IsAvailable);
        IEnumerable<Member> idle = old.Where(m => !m.IsAvailable);
        return idle.Concat(old.Where(m => m.IsAvailable).Take(Math.Max(0, limit - unavailable))).Select(m => m.Pod);
    }
}
