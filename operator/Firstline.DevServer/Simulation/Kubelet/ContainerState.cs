using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Everything the kubelet remembers of one container.</summary>
internal sealed record ContainerState
{
    public required string Name { get; init; }

    public required ContainerPhase Phase { get; init; }

    /// <summary>Image of the last start; empty before the first.</summary>
    public string Image { get; init; } = "";

    public int RestartCount { get; init; }

    public ContainerPhase.Terminated? Last { get; init; }

    /// <summary>Crash back-off that was last due, unscaled; zero before the first restart.</summary>
    public TimeSpan BackOff { get; init; }

    public TimeSpan PullBackOff { get; init; }

    public bool IsStarted { get; init; }

    public bool IsReady { get; init; }

    public bool IsHung { get; init; }

    public ProbeState Startup { get; init; }

    public ProbeState Readiness { get; init; }

    public ProbeState Liveness { get; init; }

    /// <summary>What held at the last start; null when that was not seen.</summary>
    public ContainerFacts? StartFacts { get; init; }

    public string Log { get; init; } = "";

    public string PreviousLog { get; init; } = "";

    public bool IsRunning => Phase is ContainerPhase.Running;

    public static ContainerState New(string name, string reason) =>
        new() { Name = name, Phase = new ContainerPhase.Waiting(WaitStep.Turn, reason, "", null) };

    public ContainerState WithLog(string line) => line.Length == 0 ? this : this with { Log = Log + line + "\n" };
}
