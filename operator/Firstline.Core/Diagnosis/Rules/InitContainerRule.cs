using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>An init container fails, so that its pod never starts.</summary>
/// <remarks>Basis 75, since the status shows it. +10 it failed at least twice.</remarks>
internal sealed class InitContainerRule : IHypothesisRule
{
    public string Name => "InitContainer";

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ImmutableArray<FailingContainer> failures = [.. @case.FailuresBy(FailureSign.Crash, FailureSign.OomKill).Where(static f => f.Container.Role == ContainerRole.Init)];
        if (failures.IsEmpty)
        {
            return [];
        }

        FailingContainer first = failures[0];
        string? error = LogDigest.LastError(@case.Situation.Logs.FirstOrDefault(l => l.Pod == first.Pod.Ref.Name && l.Container == first.Container.Name));
        string code = first.LastEnd is { } end ? $" with exit code {ContainerText.ExitCode(end.ExitCode)}" : "";
        return
        [
            new()
            {
                Cause = Causes.InitContainerFailing,
                Statement = string.Create(
                    CultureInfo.InvariantCulture,
                    $"init container {first.Container.Name} of {@case.Subject} fails{code} ({Counted.Of(first.Container.RestartCount, "restart")}), so that its pods never start{(error is null ? "" : $"; its log says: {error}")}"),
                Resource = @case.Subject,
                Confidence = Confidence.Of(75, (first.Container.RestartCount >= 2, 10)),
                For = @case.Evidence.Cite(failures.SelectMany(static f => (string[])[f.Topic, f.LogTopic])),
                NextStep = $"kubectl logs {first.Pod.Ref.Name}{@case.NamespaceFlag} -c {first.Container.Name} --previous",
            },
        ];
    }
}
