using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds autoscalers that get no metrics, or whose target does not exist.</summary>
/// <remarks>An autoscaler at its target, or at its lowest, is at work. One that is switched off (ScalingDisabled) was meant so.</remarks>
public sealed class AutoscalerDetector : IDetector
{
    /// <summary>How long metrics may be missing: those of new pods come late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly ImmutableArray<string> Meant = ["ScalingDisabled", "BackoffBoth", "BackoffUpscale", "BackoffDownscale"];

    /// <summary>The condition that says why it can't scale; null when it can, or was told not to.</summary>
    public static ConditionFacts? Failure(AutoscalerFacts scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        return scaler.Conditions.FirstOrDefault(static c => c is { Type: "AbleToScale" or "ScalingActive", Status: ConditionStatus.False } && !Meant.Contains(c.Reason));
    }

    /// <inheritdoc/>
    public string Name => "Autoscaler";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Autoscaler: { } scaler } && Failure(scaler) is { } failure
            ? ContainerSearch.After(
                Name, situation, failure.Since ?? scaler.CreatedAt, Patience, now, $"it cannot scale {scaler.Scales}: {failure.Reason}: {failure.Message}")
            : DetectorReport.Nothing;
    }
}
