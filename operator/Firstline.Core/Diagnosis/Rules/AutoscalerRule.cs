using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>An autoscaler gets no metric, its target does not exist, or its maximum holds it.</summary>
/// <remarks>Basis 92: its own condition says why. 85 for the maximum, which may be meant so.</remarks>
internal sealed class AutoscalerRule : IHypothesisRule
{
    public string Name => "Autoscaler";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.HpaAtMaximum => new("With a higher maximum the number of pods grows, and load per pod falls.", "Load per pod stays as it is with more pods, or the wanted number falls below the maximum by itself."),
        Causes.HpaTargetMissing => new("Once the workload that it names exists, its condition AbleToScale turns True.", "The workload exists under that name and kind, and the condition stays False."),
        Causes.MissingResourceRequests => new("Once each container requests the resource that is measured, its condition ScalingActive turns True.", "All containers of its pods set that request already."),
        _ => new("Once its metric is served, its condition ScalingActive turns True.", "kubectl top, or the metric's own API, answers for these pods, and the condition stays False."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        if (@case.Situation.Autoscaler is not { } scaler)
        {
            return [];
        }

        if (AutoscalerDetector.Failure(scaler) is not { } failure)
        {
            return AutoscalerBoundDetector.Limit(scaler) is { } limit ? [AtMaximum(@case, scaler, limit)] : [];
        }

        bool isGone = failure.Reason == "FailedGetScale";
        bool lacksRequest = failure.Message.Contains("missing request", StringComparison.OrdinalIgnoreCase);
        string what = isGone ? $"its target {scaler.Scales} does not exist"
            : lacksRequest ? $"the pods of {scaler.Scales} set no resource request, so that no utilisation can be computed"
            : "it gets no metrics, since the metrics API (metrics-server) does not serve them";
        string next = $"kubectl describe hpa {scaler.Ref.Name}{@case.NamespaceFlag}";
        string statement = $"HorizontalPodAutoscaler {scaler.Ref.Name} cannot scale: {what}: {failure.Message}";
        return isGone ? [Drafts.Of(@case, Causes.HpaTargetMissing, scaler.Ref, 92, statement, next)]
            : lacksRequest ? [Drafts.Of(@case, Causes.HpaNoMetrics, scaler.Ref, 92, statement, next), Drafts.Of(@case, Causes.MissingResourceRequests, scaler.Ref, 86, statement, next)]
            : [Drafts.Of(@case, Causes.HpaNoMetrics, scaler.Ref, 92, statement, next)];
    }

    private static HypothesisDraft AtMaximum(DiagnosisCase @case, AutoscalerFacts scaler, ConditionFacts limit) => Drafts.Of(
        @case, Causes.HpaAtMaximum, scaler.Ref, 85,
        string.Create(CultureInfo.InvariantCulture, $"HorizontalPodAutoscaler {scaler.Ref.Name} has {scaler.Scales} at its maximum (maxReplicas {scaler.Most}) and wants more ({limit.Message})"),
        $"kubectl describe hpa {scaler.Ref.Name}{@case.NamespaceFlag}, then raise maxReplicas, or find what makes the pods slow");
}
