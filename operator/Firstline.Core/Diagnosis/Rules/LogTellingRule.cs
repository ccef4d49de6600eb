using System.Collections.Immutable;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>What logs tell, judged by the objects around: of failing containers, of a workload that seems healthy, and of those whose trouble this object may be.</summary>
/// <remarks>Percent of the verdict. -12 for what a crashing container says of others when a suspicious rollout explains the crash: it may not have been able to reach anything.</remarks>
internal sealed class LogTellingRule : IHypothesisRule
{
    public string Name => "LogTelling";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.DependencyUnavailable or Causes.CascadingFailure or Causes.ConnectionPoolExhausted => new("Once what it depends on answers, its errors end without a restart or a rollout of its own.", "What it depends on answers a request from the same pod, and the errors go on."),
        Causes.NetworkPolicyDeny => new("With a rule that allows this traffic, the connection succeeds; from a pod that the policy does not select it succeeds now.", "The connection fails in the same way without the policy."),
        Causes.DnsMisconfigured or Causes.DnsResolutionFailure or Causes.WrongDnsPolicy => new("Once the DNS settings are right, the name resolves in the pod.", "The name resolves from inside the pod now."),
        Causes.ServiceMissing or Causes.ServiceNoEndpoints or Causes.ServiceTargetPortMismatch or Causes.ServiceTrafficPolicyLocal or Causes.ServiceSelectorMismatch or Causes.IngressWrongBackend => new("Once the Service leads to ready pods at the right port, the callers' errors end.", "A request to the Service from the caller's own pod is answered."),
        Causes.StaleSecret or Causes.InvalidCredentials or Causes.RbacForbidden => new("With credentials or a role that are accepted, the refusals end, at the latest after a restart.", "The same credentials are accepted for the same request from the same pod."),
        Causes.CertExpired or Causes.CertInvalid or Causes.CertIssuerNotReady => new("With a certificate that is valid and trusted, connections succeed again.", "The certificate that is really served is valid today, for this name, and by an authority that the caller trusts."),
        Causes.MisconfiguredAppConfig or Causes.MissingEnvVar or Causes.MissingConfigKey or Causes.InvalidCommand => new("With the value that the log asks for, the process starts and the line is gone.", "The process has that value, as kubectl exec shows, and logs the same line."),
        Causes.BadImage or Causes.UnsupportedArchitecture => new("With an image that holds what the line names, for the node's platform, the process starts.", "The same image starts on another node of the same platform."),
        Causes.DiskFull => new("Once there is room on the volume, writes succeed again.", "df inside the pod shows free space and free inodes on that volume."),
        Causes.CpuThrottling => new("With a higher cpu limit, the share of throttled periods falls, and answers are faster.", "container_cpu_cfs_throttled_periods_total does not grow while it is slow."),
        _ => new("The line comes again with each failure, and not while it works.", "The same line is logged while the workload works."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) =>
    [
        .. OfFailing(@case).Concat(OfSurveys(@case)).Where(static v => v.Percent > 0)
            .Select(v => Drafts.Of(@case, v.Cause, v.Target, v.Percent, v.Statement, Next(@case, v), "log", "container") with { Category = v.Category }),
    ];

    private static IEnumerable<LogVerdict> OfSurveys(DiagnosisCase @case) =>
        from survey in @case.Situation.Around.Logs.Append(@case.Situation.LogSurvey).OfType<LogSurveyFacts>().DistinctBy(static s => Fingerprints.Of(s.Subject))
        let isOwn = survey.Subject.Kind == @case.Subject.Kind && survey.Subject.Name == @case.Subject.Name
        from verdict in LogVerdicts.Of(survey, @case.Situation.Around)
        where isOwn || (verdict.Target.Kind == @case.Subject.Kind && verdict.Target.Name == @case.Subject.Name)
        select verdict;

    private static IEnumerable<LogVerdict> OfFailing(DiagnosisCase @case)
    {
        bool isRollout = @case.Rollout is { } rollout && ChangeFinder.IsSuspicious(rollout, @case.Onset);
        foreach (FailingContainer failure in @case.Failures.DistinctBy(static f => f.Container.Name))
        {
            LogFacts? log = @case.Situation.Logs.FirstOrDefault(l => l.Pod == failure.Pod.Ref.Name && l.Container == failure.Container.Name && !l.Lines.IsEmpty);
            ImmutableArray<LogSign> signs = log is null ? [] : Signals.LogSigns.Of(log.Lines);
            LogSurveyFacts survey = new()
            {
                Subject = @case.Subject, Labels = failure.Pod.Labels, Node = failure.Pod.NodeName, At = @case.Input.Now, Since = @case.Onset,
                Signs = [.. signs.Where(static s => s.Kind != LogTrouble.Errors).Select(static s => s with { Lines = Math.Min(s.Lines, 3) })],
            };
            foreach (LogVerdict verdict in LogVerdicts.Of(survey, @case.Situation.Around).SelectMany(v => (LogVerdict[])[v, .. OfImage(@case, failure, v)]))
            {
                yield return AtConfigMap(@case, failure, verdict) with { Percent = verdict.Percent - (isRollout && !IsOwn(@case, verdict) ? 12 : 0) };
            }
        }
    }

    // A container that reads one ConfigMap and misses a key in it: the ConfigMap is at fault, not who reads it.
    private static LogVerdict AtConfigMap(DiagnosisCase @case, FailingContainer failure, LogVerdict verdict)
    {
        ImmutableArray<ConfigMapFacts> read = [.. @case.Situation.ConfigMaps.Where(c => failure.Container.ConfigReferences.Any(r => r.Kind == "ConfigMap" && r.Name == c.Ref.Name))];
        return verdict.Cause == Causes.MisconfiguredAppConfig && read is [{ } only]
            ? verdict with { Target = only.Ref, Category = "config", Statement = $"{verdict.Statement}; it reads ConfigMap {only.Ref.Name}" }
            : verdict;
    }

    // What runs without a command of its own is the image's, which may be at fault then.
    private static ImmutableArray<LogVerdict> OfImage(DiagnosisCase @case, FailingContainer failure, LogVerdict verdict) =>
        verdict.Cause == Causes.InvalidCommand && @case.Situation.PodDeclared.Containers.FirstOrDefault(c => c.Name == failure.Container.Name) is { Command.IsEmpty: true }
            ? [verdict with { Cause = Causes.BadImage, Percent = verdict.Percent - 10, Statement = $"{verdict.Statement}; container {failure.Container.Name} declares no command, so that this is what its image runs" }]
            : [];

    private static bool IsOwn(DiagnosisCase @case, LogVerdict verdict) => verdict.Cause is Causes.ServiceMissing || (verdict.Target.Name == @case.Subject.Name && verdict.Cause is not Causes.DependencyUnavailable);

    private static string Next(DiagnosisCase @case, LogVerdict verdict) =>
        $"kubectl describe {verdict.Target.Kind.ToLowerInvariant()} {verdict.Target.Name}{(verdict.Target.Namespace is { } ns ? $" -n {ns}" : "")}, and kubectl logs of what fails{@case.NamespaceFlag}";
}
