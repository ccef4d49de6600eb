using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Diagnosis.Rules;

/// <summary>A process runs and does not respond: its liveness or startup probe has it killed, or its readiness probe fails.</summary>
/// <remarks>Liveness: basis 70, +15 an event says that the probe failed or killed it, +10 a signal points to it. Readiness: basis 60, +15 an event says
/// that the probe failed, +10 a signal points to it, +10 every such pod was ready before in this run. A liveness probe that asks a wrong port or path: 90; one whose
/// usual second is too short, as its kubelet says: 87, above a process that does not respond.</remarks>
internal sealed class HungProcessRule : IHypothesisRule
{
    private static readonly ImmutableArray<string> TooLate = ["deadline exceeded", "timeout exceeded", "timed out"];

    public string Name => "HungProcess";

    public Expectation Expects(string cause) => cause switch
    {
        Causes.LivenessProbeMisconfigured => new("With a probe that asks what the process serves, and waits long enough, its kubelet kills it no more.", "From inside the pod, the probe's request is answered well and in time."),
        _ => new("After a restart it answers for a while; while it hangs, it answers nobody.", "It answers the probe's own request in time from inside the pod."),
    };

    public ImmutableArray<HypothesisDraft> Judge(DiagnosisCase @case) => [.. Liveness(@case), .. Readiness(@case)];

    private static IEnumerable<HypothesisDraft> Liveness(DiagnosisCase @case)
    {
        string probe = SaidByEvent(@case, "startup") && !SaidByEvent(@case, "liveness") ? "startup" : "liveness";
        bool said = SaidByEvent(@case, probe);
        ImmutableArray<FailingContainer> killed =
        [
            .. @case.FailuresBy(FailureSign.Crash, FailureSign.Unready)
                .Where(f => (probe == "startup" ? f.Container.StartupProbe : f.Container.LivenessProbe) is not null && (said || f.LastEnd is { ExitCode: 137 or 143 })),
        ];
        if (killed.IsEmpty)
        {
            yield break;
        }

        if (probe == "liveness" && Misconfigured(@case, killed[0]) is var (why, percent))
        {
            yield return Drafts.Of(
                @case, Causes.LivenessProbeMisconfigured, @case.Subject, percent, $"the liveness probe of container {killed[0].Container.Name} of {@case.Subject} {why}{Said(@case, "liveness")}",
                $"kubectl get {@case.KubectlName} -o yaml, and compare its livenessProbe with what the process serves", killed[0].Topic, "event/Unhealthy");
        }

        yield return new()
        {
            Cause = Causes.LivenessProbeFailing,
            Statement = $"the process in container {killed[0].Container.Name} of {@case.Subject} does not respond to its {probe} probe, so that its kubelet kills it"
                + $"{(probe == "startup" ? "" : Probe(@case, killed[0], static c => c.Liveness))}{Said(@case, probe)}",
            Resource = @case.Subject,
            Confidence = Confidence.Of(70, (said, 15), (IsHinted(@case, Causes.LivenessProbeFailing), 10)),
            For = @case.Evidence.Cite([.. killed.Select(static f => f.Topic), "event/Unhealthy", "event/Killing"]),
            NextStep = $"kubectl describe pod {killed[0].Pod.Ref.Name}{@case.NamespaceFlag}, and compare the probe's timing with how long the process takes",
        };
    }

    // A process that hangs is well after its restart; one that is killed again and again for want of time needs more of it.
    private static (string Why, int Percent)? Misconfigured(DiagnosisCase @case, FailingContainer killed)
    {
        string said = Said(@case, "liveness");
        return Declared(@case, killed) is not { Liveness: not null } container ? null
            : container.LivenessPort is { } port && !container.Ports.IsEmpty && !container.Declares(port)
                ? ($"asks port {port}, which the container does not declare (it declares {string.Join(", ", container.Ports)})", 90)
            : said.Contains("statuscode: 404", StringComparison.OrdinalIgnoreCase) ? ("asks a path that the process does not serve", 90)
            : container.LivenessTimeout <= TimeSpan.FromSeconds(1) && killed.Container.RestartCount >= 2 && TooLate.Any(w => said.Contains(w, StringComparison.OrdinalIgnoreCase))
                ? ("waits one second for an answer, which is the default and too short for the process", 87)
            : null;
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
            Statement = $"the process in container {unready[0].Container.Name} of {@case.Subject} runs but does not respond: "
                + $"{Counted.Of(unready.Select(static f => f.Pod).Distinct().Count(), "pod is", "pods are")} not ready, since the readiness probe fails"
                + $"{Probe(@case, unready[0], static c => c.Readiness)}{Said(@case, "readiness")}",
            Resource = @case.Subject,
            Confidence = Confidence.Of(60, (SaidByEvent(@case, "readiness"), 15), (IsHinted(@case, cause), 10), (unready.All(WasReady), 10)),
            For = @case.Evidence.Cite([.. unready.Select(static f => f.Topic), "event/Unhealthy", .. @case.Input.Signals.Where(s => s.CauseHint == cause).Select(static s => $"signal/{s.Name}")]),
            NextStep = $"kubectl logs {unready[0].Pod.Ref.Name}{@case.NamespaceFlag} -c {unready[0].Container.Name}"
                + (@case.Situation.Workload is null ? "" : $", then kubectl rollout restart {@case.KubectlName}"),
        };
    }

    private static string Probe(DiagnosisCase @case, FailingContainer failure, Func<ContainerDeclaration, string?> probe)
    {
        ContainerDeclaration? declared = Declared(@case, failure);
        return declared is not null && probe(declared) is { } text ? $"; the probe is {BoundedText.Of(text, 200)}{(declared.HasStartupProbe ? "" : ", with no startup probe")}" : "";
    }

    private static ContainerDeclaration? Declared(DiagnosisCase @case, FailingContainer failure) =>
        @case.Situation.PodDeclared.Containers.FirstOrDefault(c => c.Name == failure.Container.Name);

    private static string Said(DiagnosisCase @case, string probe) =>
        @case.Situation.Events.FirstOrDefault(e => e.Reason == "Unhealthy" && e.Message.Contains(probe, StringComparison.OrdinalIgnoreCase)) is { } e
            ? $"; {BoundedText.Of(e.Message, 200)}" : "";

    // It lost readiness after this run had begun, so that the probe itself is right.
    private static bool WasReady(FailingContainer failure) =>
        failure.Container.State is ContainerState.Running run && failure.Pod.Condition("Ready")?.Since > run.StartedAt;

    private static bool SaidByEvent(DiagnosisCase @case, string probe) =>
        @case.Situation.Events.Any(e => e.Reason is "Unhealthy" or "Killing" && e.Message.Contains(probe, StringComparison.OrdinalIgnoreCase));

    private static bool IsHinted(DiagnosisCase @case, string cause) => @case.Input.Signals.Any(s => s.CauseHint == cause);
}
