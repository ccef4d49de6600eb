using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds objects that were deleted and do not go: a finalizer holds them, or their node is gone.</summary>
/// <remarks>A namespace is deleted with all that is in it, which takes its time.</remarks>
public sealed class StuckTerminatingDetector : IDetector
{
    /// <summary>How long a deletion may take beyond its grace period.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "StuckTerminating";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (!situation.Exists)
        {
            return DetectorReport.Nothing;
        }

        if (situation.Deletion is { } deletion)
        {
            string held = deletion.Finalizers.IsEmpty ? "" : $", held by finalizer {string.Join(", ", deletion.Finalizers)}";
            return ContainerSearch.After(Name, situation, deletion.At, Patience, now, $"it was deleted and is still there{held}");
        }

        ImmutableArray<PodFacts> leaving = [.. situation.Pods.Where(static p => p.DeletionAt is not null).OrderBy(static p => p.DeletionAt)];
        return leaving.IsEmpty ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, leaving[0].DeletionAt.GetValueOrDefault(), Patience, now,
            string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(leaving.Length, "pod")} terminating, the first of them {leaving[0].Ref.Name}, and not gone"));
    }
}
