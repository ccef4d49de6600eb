using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>The application itself ends with an error: what is left when nothing more exact explains a crash loop. Cites the log's last error.</summary>
/// <remarks>Basis 45. +10 the log tells an error, +5 it ends with the same code in several pods.</remarks>
internal sealed class AppErrorRule : IHypothesisRule
{
    public string Name => "AppError";

    public Expectation Expects(string cause) => new(
        "With an input or a version that it copes with, the process keeps running; started as it is, it ends with the same error again.",
        "The same image and configuration run elsewhere without that error, or the process is ended from outside.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ImmutableArray<FailingContainer> crashes = [.. @case.FailuresBy(FailureSign.Crash).Where(static f => f.Container.Role != ContainerRole.Init)];
        if (crashes.IsEmpty || @case.Situation.IsBatch)
        {
            return [];
        }

        FailingContainer first = crashes[0];
        LogFacts? log = @case.Situation.Logs.FirstOrDefault(l => l.Pod == first.Pod.Ref.Name && l.Container == first.Container.Name && !l.Lines.IsEmpty);
        string? error = LogDigest.LastError(log);
        string code = first.LastEnd is { } end ? $" with exit code {ContainerText.ExitCode(end.ExitCode)}" : "";
        bool alike = crashes.Length > 1 && crashes.Select(static c => c.LastEnd?.ExitCode).Distinct().Count() == 1;
        return
        [
            new()
            {
                Cause = Causes.CrashLoopAppError,
                Statement = $"the application in container {first.Container.Name} of {@case.Subject} ends by itself{code}{(error is null ? "" : $"; its log says: {error}")}",
                Resource = @case.Subject,
                Confidence = Confidence.Of(45, (error is not null, 10), (alike, 5)),
                For = @case.Evidence.Cite(crashes.SelectMany(static f => (string[])[f.Topic, f.LogTopic])),
                NextStep = $"kubectl logs {first.Pod.Ref.Name}{@case.NamespaceFlag} -c {first.Container.Name} --previous",
            },
        ];
    }
}
