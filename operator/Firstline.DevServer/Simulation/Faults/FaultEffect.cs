namespace Firstline.DevServer.Simulation.Faults;

/// <summary>What a fault does to a container while its conditions hold.</summary>
internal abstract record FaultEffect
{
    private FaultEffect()
    {
    }

    /// <summary><c>crash-when</c>, <c>oom-when</c>: the process ends.</summary>
    /// <param name="ExitCode">Exit code.</param>
    /// <param name="Reason"><c>Error</c> or <c>OOMKilled</c>.</param>
    /// <param name="After">How long it runs first.</param>
    public sealed record Crash(int ExitCode, string Reason, TimeSpan After) : FaultEffect;

    /// <summary><c>unpullable-when</c>: the image cannot be pulled.</summary>
    public sealed record Unpullable(PullError Error) : FaultEffect;

    /// <summary><c>unready-when</c>: the readiness probe fails.</summary>
    public sealed record Unready(int HttpStatus) : FaultEffect;

    /// <summary><c>unlive-when</c>: the liveness probe fails.</summary>
    public sealed record Unlive(int HttpStatus) : FaultEffect;

    /// <summary><c>hang-after</c>: the process stops answering all probes, until it is another process.</summary>
    public sealed record Hang(TimeSpan After) : FaultEffect;

    /// <summary><c>slow-start</c>: no probe is answered during the first time.</summary>
    public sealed record SlowStart(TimeSpan Time) : FaultEffect;

    /// <summary><c>exit-after</c>: the process has done its work and ends; what containers of Jobs and init containers do anyway.</summary>
    public sealed record Exit(int ExitCode, TimeSpan After) : FaultEffect;
}
