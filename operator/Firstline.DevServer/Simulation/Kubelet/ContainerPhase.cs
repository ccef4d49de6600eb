namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Where a container is.</summary>
internal abstract record ContainerPhase
{
    private ContainerPhase()
    {
    }

    /// <param name="Step">What it waits for.</param>
    /// <param name="Reason">As in status.</param>
    /// <param name="Message">As in status; empty for none.</param>
    /// <param name="Until">When something happens by itself; null when it waits for others.</param>
    public sealed record Waiting(WaitStep Step, string Reason, string Message, DateTimeOffset? Until) : ContainerPhase;

    public sealed record Running(DateTimeOffset StartedAt) : ContainerPhase;

    public sealed record Terminated(int ExitCode, string Reason, string Message, DateTimeOffset StartedAt, DateTimeOffset FinishedAt) : ContainerPhase;
}
