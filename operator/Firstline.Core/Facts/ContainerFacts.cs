using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What is read of a container: its entry in the pod's spec joined with its status.</summary>
public sealed record ContainerFacts
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>App or init container.</summary>
    public ContainerRole Role { get; init; }

    /// <summary><c>spec.image</c>.</summary>
    public string Image { get; init; } = "";

    /// <summary><c>ready</c>.</summary>
    public bool Ready { get; init; }

    /// <summary><c>restartCount</c>.</summary>
    public int RestartCount { get; init; }

    /// <summary><c>state</c>; <see cref="ContainerState.Unknown"/> when the kubelet has not reported it.</summary>
    public ContainerState State { get; init; } = ContainerState.Unknown.Instance;

    /// <summary><c>lastState.terminated</c>; null when it has not ended before.</summary>
    public ContainerState.Terminated? LastTermination { get; init; }

    /// <summary><c>startupProbe</c>; null without one.</summary>
    public ProbeFacts? StartupProbe { get; init; }

    /// <summary><c>livenessProbe</c>; null without one.</summary>
    public ProbeFacts? LivenessProbe { get; init; }

    /// <summary><c>readinessProbe</c>; null without one.</summary>
    public ProbeFacts? ReadinessProbe { get; init; }

    /// <summary><c>resources.limits.memory</c> as written; null without a limit.</summary>
    public string? MemoryLimit { get; init; }

    /// <summary>ConfigMaps and Secrets that it reads by env, envFrom or a volume.</summary>
    public ImmutableArray<ConfigReference> ConfigReferences { get; init; } = [];

    /// <summary>How long after its start the container may be unready without being late: its startup probe's budget, then its readiness probe's.</summary>
    public TimeSpan StartBudget => (StartupProbe?.Budget ?? TimeSpan.Zero) + (ReadinessProbe?.Budget ?? TimeSpan.Zero);
}
