using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds autoscalers that are at their maximum for long and want more.</summary>
/// <remarks>A peak is no trouble, and a number of replicas that is pinned on purpose (minReplicas equals maxReplicas) is what was asked for.</remarks>
public sealed class AutoscalerBoundDetector : IDetector
{
    /// <summary>How long it may want more than its maximum.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>The condition that says that the maximum holds it; null when it is not at its maximum, or wants no more.</summary>
    public static ConditionFacts? Limit(AutoscalerFacts scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        return scaler.Least < scaler.Most && scaler.Current >= scaler.Most
            ? scaler.Conditions.FirstOrDefault(static c => c is { Type: "ScalingLimited", Status: ConditionStatus.True, Reason: "TooManyReplicas" })
            : null;
    }

    /// <inheritdoc/>
    public string Name => "AutoscalerBound";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Autoscaler: { } scaler } && Limit(scaler) is { } limit
            ? ContainerSearch.After(
                Name, situation, limit.Since ?? scaler.CreatedAt, Patience, now,
                string.Create(CultureInfo.InvariantCulture, $"it has {scaler.Scales} at its maximum of {scaler.Most} replicas and wants more: {limit.Message}"))
            : DetectorReport.Nothing;
    }
}
