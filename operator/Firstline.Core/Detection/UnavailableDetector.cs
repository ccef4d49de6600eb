using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads and pods that are not ready for long, whatever the reason: what the more exact detectors do not know.</summary>
/// <remarks>Deployments say themselves that they are unavailable; of others the pods are asked.</remarks>
public sealed class UnavailableDetector : IDetector
{
    /// <summary>How long a workload may be unavailable, as while it starts.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "Unavailable";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Deletion: null } || situation.IsBatch || situation.Workload is { DesiredPods: 0 })
        {
            return DetectorReport.Nothing;
        }

        if (situation.Workload is { } workload && workload.Conditions.FirstOrDefault(static c => c is { Type: "Available", Status: ConditionStatus.False }) is { } unavailable)
        {
            return ContainerSearch.After(
                Name, situation, unavailable.Since ?? workload.CreatedAt, Patience, now,
                string.Create(CultureInfo.InvariantCulture, $"{workload.AvailablePods} of {workload.DesiredPods} pods available: {unavailable.Message}"));
        }

        return OfPods(situation, now);
    }

    private DetectorReport OfPods(Situation situation, DateTimeOffset now)
    {
        ImmutableArray<PodFacts> unready = [.. situation.WantedPods.Where(static p => !p.IsReady && p.Phase is "Pending" or "Running" or "Unknown")];
        return unready.IsEmpty ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, unready.Min(static p => p.Condition("Ready")?.Since ?? p.CreatedAt), Patience, now,
            string.Create(CultureInfo.InvariantCulture, $"{unready.Length} of {Counted.Of(situation.WantedPods.Count(), "pod")} not ready for long{Held(situation, unready)}"));
    }

    // A StatefulSet goes on with the next ordinal when the one before is ready; a DaemonSet owes each of its nodes a pod.
    private static string Held(Situation situation, ImmutableArray<PodFacts> unready) => situation.Workload switch
    {
        { Ref.Kind: "StatefulSet" } set when situation.WantedPods.Count() < set.DesiredPods || set.HasOtherRevision =>
            $"; StatefulSet {set.Ref.Name} stands at {unready.OrderBy(static p => p.Ref.Name.Length).ThenBy(static p => p.Ref.Name, StringComparer.Ordinal).First().Ref.Name}, and the others wait for it",
        { Ref.Kind: "DaemonSet" } set => string.Create(CultureInfo.InvariantCulture, $"; {set.ReadyPods} of {Counted.Of(set.DesiredPods, "node")} have a ready one: {Nodes(unready)} not"),
        _ => "",
    };

    private static string Nodes(ImmutableArray<PodFacts> unready) =>
        string.Join(", ", unready.Select(static p => p.NodeName ?? "a node that is not known yet").Distinct().Order(StringComparer.Ordinal).Take(3));

}
