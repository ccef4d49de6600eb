namespace Firstline.Kube.Runtime;

/// <summary>How a <see cref="ControllerHost"/> starts and stops.</summary>
public sealed record ControllerHostOptions
{
    /// <summary>Longest time for the caches to fill at start.</summary>
    public TimeSpan SyncTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest time for reconciles in work to finish at stop; then they are cancelled.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
