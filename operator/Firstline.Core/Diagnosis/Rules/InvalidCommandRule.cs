using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A container's command cannot be run: the runtime could not start it, or a shell did not find it.</summary>
/// <remarks>Basis 75. +10 the runtime's message says that the file is missing or may not be run.</remarks>
internal sealed class InvalidCommandRule : IHypothesisRule
{
    private static readonly ImmutableArray<string> Words =
        ["executable file not found", "no such file or directory", "permission denied", "exec format error", "not found", "unable to start container process"];

    public string Name => "InvalidCommand";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.UnsupportedArchitecture => new("On a node of the platform that its program is built for, the container starts.", "The program in the image is built for the platform of the node."),
        _ => new("With a command that the image holds, the container starts.", "The same command runs in a container of the same image elsewhere."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case)
    {
        ImmutableArray<FailingContainer> failures = [.. @case.FailuresBy(FailureSign.Crash, FailureSign.Creation).Where(IsRefusedByRuntime)];
        if (failures.IsEmpty)
        {
            return [];
        }

        FailingContainer first = failures[0];
        string said = first.WaitingMessage + " " + first.LastEnd?.Message;
        bool named = Words.Any(w => said.Contains(w, StringComparison.OrdinalIgnoreCase));
        string code = first.LastEnd is { } end ? $" (exit code {ContainerText.ExitCode(end.ExitCode)})" : "";
        return
        [
            new()
            {
                Cause = said.Contains("exec format error", StringComparison.OrdinalIgnoreCase) ? Causes.UnsupportedArchitecture : Causes.InvalidCommand,
                Statement = $"the command of container {first.Container.Name} of {@case.Subject} cannot be run{code}{(said.Trim().Length > 0 ? $": {BoundedText.Of(said.Trim(), 400)}" : "")}",
                Resource = @case.Subject,
                Confidence = Confidence.Of(75, (named, 10), (first.Container.Role == ContainerRole.Init, -5)),
                For = @case.Evidence.Cite(failures.SelectMany(static f => (string[])[f.Topic, f.LogTopic])),
                NextStep = $"kubectl get {@case.KubectlName} -o yaml, and compare command and args with what the image holds",
            },
        ];
    }

    private static bool IsRefusedByRuntime(FailingContainer failure) =>
        failure.LastEnd is { ExitCode: 126 or 127 or 128 } or { Reason: "StartError" or "ContainerCannotRun" }
        || (failure.Container.State is ContainerState.Waiting { Reason: "RunContainerError" } waiting
            && Words.Any(w => waiting.Message.Contains(w, StringComparison.OrdinalIgnoreCase)));
}
