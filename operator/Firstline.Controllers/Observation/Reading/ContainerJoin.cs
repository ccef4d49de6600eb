using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation.Reading;

/// <summary>Makes facts of a container's entry in the spec and its status; each part that is the same as before is the one of before.</summary>
internal static class ContainerJoin
{
    private static readonly ContainerStatusDraft NotReported = new();
    private static readonly ContainerFacts Unknown = new() { Name = "" };

    public static ContainerFacts Facts(
        ContainerDraft draft, ContainerRole role, ContainerStatusDraft? status, DraftList<VolumeDraft> volumes, ContainerFacts? before)
    {
        ContainerFacts now = Joined(draft, role, status ?? NotReported, volumes, before ?? Unknown);
        return now == before ? before : now;
    }

    private static ContainerFacts Joined(
        ContainerDraft draft, ContainerRole role, ContainerStatusDraft status, DraftList<VolumeDraft> volumes, ContainerFacts before) => new()
    {
        Name = draft.Name ?? "",
        Role = role,
        Image = draft.Image ?? "",
        Ready = status.Ready,
        RestartCount = status.RestartCount,
        State = State(status.State, before.State),
        LastTermination = status.LastState.Terminated is { IsPresent: true } end ? Terminated(end, before.LastTermination) : null,
        StartupProbe = Probe(draft.StartupProbe, before.StartupProbe),
        LivenessProbe = Probe(draft.LivenessProbe, before.LivenessProbe),
        ReadinessProbe = Probe(draft.ReadinessProbe, before.ReadinessProbe),
        MemoryLimit = draft.MemoryLimit,
        ConfigReferences = ConfigJoin.References(draft, volumes, before.ConfigReferences),
    };

    // What the API server fills in when a probe leaves it out.
    private static ProbeFacts? Probe(ProbeDraft draft, ProbeFacts? before)
    {
        if (!draft.IsPresent)
        {
            return null;
        }

        ProbeFacts now = new(
            TimeSpan.FromSeconds(draft.InitialDelaySeconds ?? 0), TimeSpan.FromSeconds(draft.PeriodSeconds ?? 10), draft.FailureThreshold ?? 3);
        return now == before ? before : now;
    }

    private static ContainerState State(StateDraft draft, ContainerState? before)
    {
        if (draft.Running.IsPresent)
        {
            DateTimeOffset since = draft.Running.StartedAt ?? default;
            return before is ContainerState.Running running && running.StartedAt == since ? running : new ContainerState.Running(since);
        }

        if (draft.Terminated.IsPresent)
        {
            return Terminated(draft.Terminated, before as ContainerState.Terminated);
        }

        return draft.Waiting.IsPresent ? Waiting(draft.Waiting, before as ContainerState.Waiting) : ContainerState.Unknown.Instance;
    }

    private static ContainerState.Waiting Waiting(WaitingDraft draft, ContainerState.Waiting? before)
    {
        ContainerState.Waiting now = new(draft.Reason ?? "", draft.Message ?? "");
        return now == before ? before : now;
    }

    private static ContainerState.Terminated Terminated(TerminatedDraft draft, ContainerState.Terminated? before)
    {
        ContainerState.Terminated now = new(draft.Reason ?? "", draft.ExitCode, draft.Message ?? "", draft.StartedAt, draft.FinishedAt);
        return now == before ? before : now;
    }
}
