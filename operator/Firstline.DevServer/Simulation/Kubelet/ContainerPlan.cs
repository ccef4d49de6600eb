using System.Collections.Immutable;
using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>What the spec asks of one container, as far as the simulation plays it.</summary>
internal sealed record ContainerPlan
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public bool AlwaysPull { get; init; }

    public decimal? MemoryLimit { get; init; }

    public ImmutableArray<EnvEntry> Env { get; init; } = [];

    /// <summary>ConfigMaps and Secrets whose files it sees change while it runs.</summary>
    public ImmutableHashSet<(ContentKind Kind, string Name)> Mounted { get; init; } = [];

    public ProbePlan? Startup { get; init; }

    public ProbePlan? Readiness { get; init; }

    public ProbePlan? Liveness { get; init; }

    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The pod's restart policy; for a sidecar, its own.</summary>
    public string RestartPolicy { get; init; } = "Always";

    public bool IsInit { get; init; }

    /// <summary>An init container that goes on running (<c>restartPolicy: Always</c>).</summary>
    public bool IsSidecar => IsInit && RestartPolicy == "Always";

    /// <summary>Its process ends by itself when its work is done.</summary>
    public bool IsFinite => RestartPolicy != "Always";
}
