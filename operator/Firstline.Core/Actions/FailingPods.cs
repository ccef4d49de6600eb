using System.Collections.Immutable;
using Firstline.Core.Detection;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>The pods of a workload that may be ended for their own good: what DeletePod and EvictPod have in common.</summary>
internal static class FailingPods
{
    /// <summary>Those that fail and that a controller replaces: the one that has not been ready for longest first, one that serves between two failures last.</summary>
    public static ImmutableArray<PodFacts> Of(Situation situation) =>
    [
        .. FailureFinder.Find(situation).Select(static f => f.Pod).Distinct()
            .Where(static p => p is { Ref.Uid.Length: > 0, Controller: not null })
            .OrderBy(static p => p.IsReady).ThenBy(static p => p.Condition("Ready")?.Since ?? p.CreatedAt).ThenBy(static p => p.Ref.Name, StringComparer.Ordinal),
    ];

    /// <summary>Those that have a node and were not started there for long, the oldest first; a pod that may still start by itself is left to it.</summary>
    public static IEnumerable<PodFacts> StuckStarting(Situation situation, DateTimeOffset now) =>
        situation.WantedPods.Where(p => p is { Ref.Uid.Length: > 0, Controller: not null } && StuckStartingDetector.IsStarting(p) && now - StuckStartingDetector.Since(p) >= StuckStartingDetector.Patience)
            .OrderBy(StuckStartingDetector.Since).ThenBy(static p => p.Ref.Name, StringComparer.Ordinal);

    /// <summary>True when another pod of the same revision is ready, so that the pod and not what it runs is at fault.</summary>
    public static bool HasReadySibling(PodFacts pod, Situation situation) =>
        situation.WantedPods.Any(p => p.IsReady && p.Ref.Uid != pod.Ref.Uid && p.RevisionHash == pod.RevisionHash);
}
