using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Everything the kubelet remembers of one pod.</summary>
internal sealed record PodState
{
    public required string PodIp { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public ImmutableArray<ContainerState> InitContainers { get; init; } = [];

    public ImmutableArray<ContainerState> Containers { get; init; } = [];

    /// <summary>When a missing volume is reported again; null while none is missing.</summary>
    public DateTimeOffset? MountRetryAt { get; init; }

    /// <summary>When it was told to stop.</summary>
    public DateTimeOffset? StoppingSince { get; init; }

    /// <summary>Stopped after its deletion: the object may go.</summary>
    public bool IsStopped { get; init; }

    public bool HasReportedProblems { get; init; }

    public IEnumerable<ContainerState> AllContainers => InitContainers.Concat(Containers);
}
