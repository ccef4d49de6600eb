using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A process runs and does not respond: its liveness probe has it killed, or its readiness probe fails.</summary>
/// <remarks>Liveness: basis 70, +15 an event says that the probe failed or killed it, +10 a signal points to it. Readiness: basis 60, +15 an event says
/// that the probe failed, +10 a signal points to it, +10 every such pod was ready before in this run.</remarks>
internal sealed class HungProcessRule : IHypothesisRule
{
    public string Name => "HungProcess";

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) => [.. Liveness(@case), .. Readiness(@case)];

    private static IEnumerable<HypothesisDraft> Liveness(DiagnosisCase @case)
    {
        bool said = SaidByEvent(@case, "liveness");
        ImmutableArray<FailingContainer> killed =
        [
            .. @case.FailuresBy(FailureSign.Crash, FailureSign.Unready)
                .Where(f => f.Container.LivenessProbe is not null && (said || f.LastEnd is { ExitCode: 137 or 143 })),
        ];
        if (killed.IsEmpty)
        {
            yield break;
        }

        yield return new()
        {
            Cause = Causes.LivenessProbeFailing,
            Statement = $"the process in container {killed[0].Container.Name} of {@case.Subject} does not respond to its liveness probe, so that its kubelet kills it{Probe(@case, killed[0], static c => c.Liveness)}{Said(@case, "liveness")}",
            Resource = @case.Subject,
            Confidence = Confidence.Of(70, (said, 15), (IsHinted(@case, Causes.LivenessProbeFailing), 10)),
            For = @case.Evidence.Cite([.. killed.Select(static f => f.Topic), "event/Unhealthy", "event/Killing"]),
            NextStep = $"kubectl describe pod {killed[0].Pod.Ref.Name}{@case.NamespaceFlag}, and compare the probe's timing with how long the process takes",
        };
    }

    private static IEnumerable<HypothesisDraft> Readiness(DiagnosisCase @case)
    {
        ImmutableArray<FailingContainer> unready = @case.FailuresBy(FailureSign.Unready);
        if (unready.IsEmpty)
        {
            yield break;
        }

        string cause = IsHinted(@case, Causes.LivenessProbeFailing) && !IsHinted(@case, Causes.ReadinessProbeFailing)
            ? Causes.LivenessProbeFailing : Causes.ReadinessProbeFailing;
        yield return new()
        {
            Cause = cause,
            Statement = $"the process in container {unready[0].Container.Name} of {@case.Subject} runs but does not respond: {Counted.Of(unready.Select(static f => f.Pod).Distinct().Count(), "pod is", "pods are")} not ready (readiness probe fails){Probe(@case, unready[0], static c => c.Readiness)}{Said(@case, "readiness")}",
            Resource = @case.Subject,
            Confidence = Confidence.Of(60, (SaidByEvent(@case, "readiness"), 15), (IsHinted(@case, cause), 10), (unready.All(WasReady), 10)),
            For = @case.Evidence.Cite([.. unready.Select(static f => f.Topic), "event/Unhealthy", .. @case.Input.Signals.Where(s => s.CauseHint == cause).Select(static s => $"signal/{s.Name}")]),
            NextStep = $"kubectl logs {unready[0].Pod.Ref.Name}{@case.NamespaceFlag} -c {unready[0].Container.Name}, then kubectl rollout restart {@case.KubectlName}",
        };
    }

    private static string Probe(DiagnosisCase @case, FailingContainer failure, Func<ContainerDeclaration, string?> probe)
    {
        ContainerDeclaration? declared = PodDeclaration.OfTemplate(@case.Situation.PodSpecJson).Containers.FirstOrDefault(c => c.Name == failure.Container.Name);
        return declared is not null && probe(declared) is { } text ? $"; the probe is {BoundedText.Of(text, 200)}{(declared.HasStartupProbe ? "" : ", with no startup probe")}" : "";
    }

    private static string Said(DiagnosisCase @case, string probe) =>
        @case.Situation.Events.FirstOrDefault(e => e.Reason == "Unhealthy" && e.Message.Contains(probe, StringComparison.OrdinalIgnoreCase)) is { } e ? $"; {BoundedText.Of(e.Message, 200)}" : "";

    // It lost readiness after this run had begun, so that the probe itself is right.
    private static bool WasReady(FailingContainer failure) =>
        failure.Container.State is ContainerState.Running run && failure.Pod.Condition("Ready")?.Since > run.StartedAt;

    private static bool SaidByEvent(DiagnosisCase @case, string probe) =>
        @case.Situation.Events.Any(e => e.Reason is "Unhealthy" or "Killing" && e.Message.Contains(probe, StringComparison.OrdinalIgnoreCase));

    private static bool IsHinted(DiagnosisCase @case, string cause) => @case.Input.Signals.Any(s => s.CauseHint == cause);
}
