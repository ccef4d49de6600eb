using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>What the spec asks of one pod, as far as the simulation plays it.</summary>
internal sealed record PodPlan
{
    public required NamespacedName Key { get; init; }

    public required string Uid { get; init; }

    public ImmutableArray<ContainerPlan> InitContainers { get; init; } = [];

    public ImmutableArray<ContainerPlan> Containers { get; init; } = [];

    public ImmutableArray<ContentVolume> Volumes { get; init; } = [];

    public FaultSet Faults { get; init; } = new([], []);

    /// <summary>Time it may take to stop; null while it is not being deleted.</summary>
    public TimeSpan? Deletion { get; init; }

    /// <summary>The pod came after a hung one or a restart: its processes do not hang.</summary>
    public bool IsCuredOfHanging { get; init; }

    public string RestartPolicy { get; init; } = "Always";
}
