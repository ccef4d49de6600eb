using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds pods that a scheduling gate keeps from being scheduled.</summary>
/// <remarks>Whoever sets a gate takes it away again, mostly within moments.</remarks>
public sealed class SchedulingGatedDetector : IDetector
{
    /// <summary>How long a gate may be set.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "SchedulingGated";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ImmutableArray<PodFacts> gated = [.. situation.Exists ? situation.WantedPods.Where(static p => p.Condition("PodScheduled") is { Status: ConditionStatus.False, Reason: "SchedulingGated" }) : []];
        return gated.IsEmpty ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, gated.Min(static p => p.Condition("PodScheduled")?.Since ?? p.CreatedAt), Patience, now,
            string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(gated.Length, "pod")} not scheduled: a scheduling gate is set"));
    }
}
