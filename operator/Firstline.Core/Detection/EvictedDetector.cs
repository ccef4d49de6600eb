using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds pods that were evicted and not replaced by others that serve.</summary>
/// <remarks>An eviction whose pod is replaced is the cluster at work.</remarks>
public sealed class EvictedDetector : IDetector
{
    /// <inheritdoc/>
    public string Name => "Evicted";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ImmutableArray<PodFacts> evicted = [.. situation.WantedPods.Where(p => situation.Exists && p is { Phase: "Failed", Reason: "Evicted" }).OrderBy(static p => p.CreatedAt)];
        bool isServed = situation.Workload is { } workload && workload.AvailablePods >= workload.DesiredPods;
        return evicted.IsEmpty || isServed || situation.IsBatch ? DetectorReport.Nothing : new([
            new()
            {
                Detector = Name,
                Fingerprint = Fingerprints.Of(Name, situation.Subject),
                Target = situation.Subject,
                Summary = string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(evicted.Length, "pod")} evicted, the last: {evicted[^1].Message}"),
                Since = evicted[0].CreatedAt,
            },
        ]);
    }
}
