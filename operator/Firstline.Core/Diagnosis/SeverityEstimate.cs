using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Suggests a severity from how much of the subject is down. A human decides.</summary>
/// <remarks>
/// Whether customers notice is not in the cluster, so that SEV1 is never suggested: an outage of a whole workload is SEV2, and the reason says what would
/// make it SEV1. At least half of the pods down: SEV2. Fewer: SEV3. None down, but something fails (a new revision, a Job, a drifted ConfigMap): SEV3, a near miss.
/// A target that is gone, or scaled to zero, or of which nothing is known: SEV4.
/// </remarks>
internal static class SeverityEstimate
{
    /// <summary>The suggestion, and why in one sentence with numbers.</summary>
    public static (Severity Severity, string Reason) Of(DiagnosisCase @case)
    {
        Situation situation = @case.Situation;
        if (!situation.Exists)
        {
            return (Severity.SEV4, $"{@case.Subject} does not exist, so that no impact can be measured");
        }

        return situation.Workload is { } workload ? OfWorkload(workload)
            : situation.IsBatch ? (Severity.SEV3, $"{Counted.Of(situation.Jobs.Length, "job")} known; a failed job is an internal disruption until its result is missed")
            : situation.Subject.Kind == "Pod" ? OfPod(situation)
            : situation.Subject.Kind == "ConfigMap" ? (Severity.SEV3, "the configuration is not as declared; who reads it may fail at the next start")
            : (Severity.SEV4, $"the impact on a {situation.Subject.Kind} is not measured");
    }

    private static (Severity Severity, string Reason) OfWorkload(WorkloadFacts workload)
    {
        int desired = workload.DesiredPods, down = Math.Max(0, desired - workload.ReadyPods);
        double share = desired == 0 ? 0 : (double)down / desired;
        string numbers = string.Create(CultureInfo.InvariantCulture, $"{down} of {Counted.Of(desired, "pod")} {Counted.Noun(down, "is", "are")} down ({100 * share:0} %)");
        return desired == 0 ? (Severity.SEV4, "it is scaled to zero")
            : down == desired ? (Severity.SEV2, $"{numbers}: it does not serve at all; SEV1 if customers notice")
            : share >= 0.5 ? (Severity.SEV2, $"{numbers}: it is degraded")
            : down > 0 ? (Severity.SEV3, $"{numbers}: it still serves")
            : (Severity.SEV3, $"{numbers}: all are ready; whether what they serve is right is not seen in the cluster");
    }

    private static (Severity Severity, string Reason) OfPod(Situation situation) =>
        situation.Pods.Any(static p => p.IsReady) ? (Severity.SEV4, "the pod is ready") : (Severity.SEV3, "1 of 1 pod is down (100 %), and no controller replaces it");
}
