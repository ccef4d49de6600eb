using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds pods that have a node and whose containers are not made: the sandbox, the network or a volume fails.</summary>
/// <remarks>A large image takes minutes too, and shows in the same way.</remarks>
public sealed class StuckStartingDetector : IDetector
{
    /// <summary>How long the start of a pod may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>True when a pod has a node and none of its containers is made.</summary>
    public static bool IsStarting(PodFacts pod) =>
        pod is { Phase: "Pending", NodeName: not null }
        && pod.Containers.Any(static c => c.State is ContainerState.Waiting { Reason: "ContainerCreating" })
        && pod.Containers.All(static c => c.State is ContainerState.Waiting { Reason: "ContainerCreating" or "PodInitializing" } or ContainerState.Unknown or ContainerState.Terminated);

    /// <summary>Since when a pod has its node.</summary>
    public static DateTimeOffset Since(PodFacts pod) => pod.Condition("PodScheduled")?.Since ?? pod.CreatedAt;

    /// <inheritdoc/>
    public string Name => "StuckStarting";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ImmutableArray<PodFacts> stuck = [.. situation.WantedPods.Where(p => situation.Exists && IsStarting(p)).OrderBy(static p => p.Ref.Name)];
        if (stuck.IsEmpty || situation.Workload is { DesiredPods: 0 })
        {
            return DetectorReport.Nothing;
        }

        DateTimeOffset since = stuck.Min(Since);
        return ContainerSearch.After(
            Name, situation, since, Patience, now,
            string.Create(CultureInfo.InvariantCulture, $"{stuck.Length} of {Counted.Of(situation.WantedPods.Count(), "pod")} have a node and are still ContainerCreating"));
    }
}
