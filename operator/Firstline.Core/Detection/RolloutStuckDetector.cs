using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds Deployments whose rollout exceeded its own progress deadline.</summary>
/// <remarks>The deadline is the owner's own statement of how long a rollout may take, so that one in progress is never reported. A paused rollout waits for a human.</remarks>
public sealed class RolloutStuckDetector : IDetector
{
    /// <inheritdoc/>
    public string Name => "RolloutStuck";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Workload: { Paused: false, DesiredPods: > 0 } workload } || workload.ObservedGeneration < workload.Generation)
        {
            return DetectorReport.Nothing;
        }

        ConditionFacts? deadline = workload.Conditions.FirstOrDefault(
            static c => c is { Type: "Progressing", Status: ConditionStatus.False, Reason: "ProgressDeadlineExceeded" });
        return deadline is null
            ? DetectorReport.Nothing
            : new([
                new()
                {
                    Detector = Name,
                    Fingerprint = Fingerprints.Of(Name, situation.Subject),
                    Target = situation.Subject,
                    Summary = string.Create(
                        CultureInfo.InvariantCulture,
                        $"the rollout exceeded its progress deadline: {workload.UpdatedPods} of {workload.DesiredPods} pods updated, {workload.AvailablePods} available"),
                    Since = deadline.Since ?? workload.CreatedAt,
                },
            ]);
    }
}
