using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>An init container fails, so that its pod never starts.</summary>
/// <remarks>Basis 75, since the status shows it. +10 it failed at least twice.</remarks>
internal sealed class InitContainerRule : IHypothesisRule
{
    public string Name => "InitContainer";

    public Expectation Expects(string cause) => new(
        "Once the init container ends well, the pod's containers start.",
        "The init container has ended with exit code 0, and the pod does not start all the same.");

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ImmutableArray<FailingContainer> failures = [.. @case.FailuresBy(FailureSign.Crash, FailureSign.OomKill, FailureSign.Hang).Where(f => f.Container.Role == ContainerRole.Init && !IsYoung(f, @case.Input.Now))];
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
                    $"init container {first.Container.Name} of {@case.Subject} {(first.Sign == FailureSign.Hang ? "runs and never ends" : $"fails{code} ({Counted.Of(first.Container.RestartCount, "restart")})")}, so that its pods never start{Read(first)}{(first.LastEnd is { Message.Length: > 0 } said ? $"; the runtime says: {said.Message}" : "")}{(error is null ? "" : $"; its log says: {error}")}"),
                Resource = @case.Subject,
                Confidence = Confidence.Of(75, (first.Container.RestartCount >= 2, 10), (first.Sign == FailureSign.Hang, 10)),
                For = @case.Evidence.Cite(failures.SelectMany(static f => (string[])[f.Topic, f.LogTopic])),
                NextStep = $"kubectl logs {first.Pod.Ref.Name}{@case.NamespaceFlag} -c {first.Container.Name} --previous",
            },
        ];
    }

    // Each init container runs for a while.
    private static bool IsYoung(FailingContainer failure, DateTimeOffset now) =>
        failure is { Sign: FailureSign.Hang, Container.State: ContainerState.Running run } && now - run.StartedAt < InitHangsDetector.Patience;

    private static string Read(FailingContainer failure) => failure.Container.ConfigReferences is [{ } first, ..] ? $"; it reads {first.Kind} {first.Name}" : "";
}
