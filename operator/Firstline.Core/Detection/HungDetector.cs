using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds processes that run and do not respond.</summary>
/// <remarks>
/// Three signs, each read from the pod's status alone:
/// <list type="bullet">
/// <item>it was ready in this run (the Ready condition turned False after the container's start) and has not been since, for <see cref="LostFor"/>;</item>
/// <item>it has never been ready, for longer than its probes' own budget and at least <see cref="NeverReadyFor"/>: a slow start within its budget is none;</item>
/// <item>its liveness or startup probe has it killed again and again: at least two restarts, the last by SIGKILL or SIGTERM and not for want of memory, within <see cref="KillWindow"/>.</item>
/// </list>
/// Without a readiness probe a running container is ready, so that the first two need one.
/// </remarks>
public sealed class HungDetector : IDetector
{
    /// <summary>How long a pod that was ready may be unready; shorter dips are load.</summary>
    public static readonly TimeSpan LostFor = TimeSpan.FromMinutes(1);

    /// <summary>Least time that a pod has to become ready.</summary>
    public static readonly TimeSpan NeverReadyFor = TimeSpan.FromMinutes(5);

    /// <summary>How long ago the last kill by a probe may be.</summary>
    public static readonly TimeSpan KillWindow = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "Hung";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation.IsBatch)
        {
            return DetectorReport.Nothing;
        }

        ImmutableArray<ContainerMatch> unready = ContainerSearch.Where(situation, static (p, c) => IsUnready(p, c));
        ImmutableArray<ContainerMatch> killed = ContainerSearch.Where(situation, (_, c) => IsKilledByProbe(c, now));
        ImmutableArray<ContainerMatch> hung = [.. unready.Where(m => DueAt(m) <= now), .. killed];
        DateTimeOffset? lookAgain = ContainerSearch.Next(
            unready.Select(DueAt).Concat(killed.Select(static m => m.Container.LastTermination?.FinishedAt + KillWindow).OfType<DateTimeOffset>()), now);
        string trouble = killed.IsEmpty ? "runs but is not ready" : $"is killed again and again by its {(killed[0].Container.LivenessProbe is null ? "startup" : "liveness")} probe";
        return ContainerSearch.Report(Name, situation, hung, trouble, lookAgain);
    }

    private static bool IsUnready(PodFacts pod, ContainerFacts container) =>
        container is { Role: not ContainerRole.Init, Ready: false, State: ContainerState.Running, ReadinessProbe: not null }
        && pod.Condition("Ready") is { Status: ConditionStatus.False };

    private static DateTimeOffset DueAt(ContainerMatch match)
    {
        DateTimeOffset started = ((ContainerState.Running)match.Container.State).StartedAt;
        DateTimeOffset unreadySince = match.Pod.Condition("Ready")?.Since ?? started;
        TimeSpan budget = match.Container.StartBudget;
        return unreadySince > started ? unreadySince + LostFor : started + (budget > NeverReadyFor ? budget : NeverReadyFor);
    }

    // Exit code 137 is SIGKILL, 143 SIGTERM. The kubelet also stops containers of pods that go away, but those are not wanted any more.
    private static bool IsKilledByProbe(ContainerFacts container, DateTimeOffset now) =>
        (container.LivenessProbe ?? container.StartupProbe) is not null
        && container is { Role: not ContainerRole.Init, RestartCount: >= 2, LastTermination: { ExitCode: 137 or 143, Reason: not "OOMKilled" } last }
        && last.FinishedAt is { } at && now - at < KillWindow;
}
