using System.Collections.Immutable;
using Firstline.Core.Diagnosis.Changes;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>What logs tell, judged by the objects around: of failing containers, of a workload that seems healthy, and of those whose trouble this object may be.</summary>
/// <remarks>Percent of the verdict. -12 for what a crashing container says of others when a suspicious rollout explains the crash: it may not have been able to reach anything.</remarks>
internal sealed class LogTellingRule : IHypothesisRule
{
    public string Name => "LogTelling";

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
