using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds autoscalers that get no metrics, or whose target does not exist.</summary>
/// <remarks>An autoscaler at its target, or at its lowest, is at work. One that is switched off (ScalingDisabled) was meant so.</remarks>
public sealed class AutoscalerDetector : IDetector
{
    /// <summary>How long metrics may be missing: those of new pods come late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public string Name => "Autoscaler";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Autoscaler: { } scaler })
        {
            return DetectorReport.Nothing;
        }

        ConditionFacts? failure = scaler.Conditions.FirstOrDefault(
            static c => c is { Type: "AbleToScale" or "ScalingActive", Status: ConditionStatus.False, Reason: not ("ScalingDisabled" or "BackoffBoth" or "BackoffUpscale" or "BackoffDownscale") });
        return failure is null ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, failure.Since ?? scaler.CreatedAt, Patience, now, $"it cannot scale {scaler.Scales}: {failure.Reason}: {failure.Message}");
    }
}
