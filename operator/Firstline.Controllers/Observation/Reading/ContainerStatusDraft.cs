namespace Firstline.Controllers.Observation.Reading;

/// <summary>What is read of a container in a pod's status.</summary>
internal sealed class ContainerStatusDraft : Draft
{
    public string? Name { get; set; }

    public bool Ready { get; set; }

    public int RestartCount { get; set; }

    public StateDraft State { get; } = new();

    public StateDraft LastState { get; } = new();

    protected override void Clear()
    {
        (Name, Ready, RestartCount) = (null, false, 0);
        State.Reset();
        LastState.Reset();
    }
}

internal sealed class StateDraft : Draft
{
    public WaitingDraft Waiting { get; } = new();

    public RunningDraft Running { get; } = new();

    public TerminatedDraft Terminated { get; } = new();

    protected override void Clear()
    {
        Waiting.Reset();
        Running.Reset();
        Terminated.Reset();
    }
}

internal sealed class WaitingDraft : Draft
{
    public string? Reason { get; set; }

    public string? Message { get; set; }

    protected override void Clear() => (Reason, Message) = (null, null);
}

internal sealed class RunningDraft : Draft
{
    public DateTimeOffset? StartedAt { get; set; }

    protected override void Clear() => StartedAt = null;
}

internal sealed class TerminatedDraft : Draft
{
    public string? Reason { get; set; }

    public int ExitCode { get; set; }

    public string? Message { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    protected override void Clear() => (Reason, ExitCode, Message, StartedAt, FinishedAt) = (null, 0, null, null, null);
}
