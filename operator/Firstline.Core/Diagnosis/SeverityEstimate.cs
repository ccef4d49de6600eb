using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis;

/// <summary>Suggests a severity from how much of the service is down, who uses it, and in which environment. A human decides.</summary>
/// <remarks>
/// <para>An outage of what people outside use is SEV1, one of anything else SEV2. At least half of the pods down: SEV2. Fewer, or none although something fails (a new
/// revision, a Job, a drifted ConfigMap): SEV3, a near miss. A target that is gone, or scaled to zero, or of which nothing is known: SEV4.</para>
/// <para>Outside of production each is one step lower.</para>
/// </remarks>
internal static class SeverityEstimate
{
    private const double Degraded = 0.5;

    /// <summary>The suggestion, and why in one sentence with numbers.</summary>
    public static (Severity Severity, string Reason) Of(DiagnosisCase @case)
    {
        Situation situation = @case.Situation;
        if (!situation.Exists)
        {
            return (Severity.SEV4, $"{@case.Subject} does not exist, so that no impact can be measured");
        }

        return situation switch
        {
            { Workload.DesiredPods: 0 } => (Severity.SEV4, "it is scaled to zero"),
            { Workload: { } workload } => OfImpact(Impact.Of(situation, workload)),
            { Service: { } service } => OfImpact(Impact.Of(situation, service)),
            { Node: not null } => OfNode(situation),
            { IsBatch: true } => Lowered(
                Severity.SEV3, $"{Counted.Of(situation.Jobs.Length, "job")} known; a failed job is an internal disruption until its result is missed", situation.Environment),
            { Subject.Kind: "Pod" } => OfPod(situation),
            { Subject.Kind: "ConfigMap" } => Lowered(Severity.SEV3, "the configuration is not as declared; who reads it may fail at the next start", situation.Environment),
            _ => (Severity.SEV4, $"the impact on a {situation.Subject.Kind} is not measured"),
        };
    }

    private static (Severity Severity, string Reason) OfImpact(Impact impact)
    {
        (Severity severity, string what) =
            impact.IsOutage ? (impact.UserFacing is null ? Severity.SEV2 : Severity.SEV1, "it does not serve at all")
            : impact.All == 0 ? (Severity.SEV3, "nothing is there that could serve")
            : impact.Share >= Degraded ? (Severity.SEV2, "it is degraded")
            : impact.Down > 0 ? (Severity.SEV3, "it still serves")
            : (Severity.SEV3, "all are ready; whether what they serve is right is not seen in the cluster");
        return (Lower(severity, impact.Environment), $"{impact.Numbers}: {what}; {impact.Reach}");
    }

    private static (Severity Severity, string Reason) OfNode(Situation situation)
    {
        int all = situation.BoundPods.Length, down = situation.BoundPods.Count(static p => !p.IsReady);
        string numbers = string.Create(CultureInfo.InvariantCulture, $"{down} of {Counted.Of(all, "pod")} on it {Counted.Noun(down, "is", "are")} not ready");
        return down > 0 && down == all ? (Severity.SEV2, $"{numbers}: all that ran there is lost") : (Severity.SEV3, numbers);
    }

    private static (Severity Severity, string Reason) OfPod(Situation situation) => situation.Pods.Any(static p => p.IsReady)
        ? (Severity.SEV4, "the pod is ready")
        : Lowered(Severity.SEV3, "1 of 1 pod is down (100 %), and no controller replaces it", situation.Environment);

    private static (Severity Severity, string Reason) Lowered(Severity severity, string reason, string? environment) =>
        EnvironmentMark.IsProduction(environment) ? (severity, reason) : (Lower(severity, environment), $"{reason}; its environment is {environment}");

    private static Severity Lower(Severity severity, string? environment) =>
        EnvironmentMark.IsProduction(environment) || severity == Severity.SEV4 ? severity : severity + 1;
}
