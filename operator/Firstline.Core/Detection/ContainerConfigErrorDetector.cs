using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds containers that cannot be made, mostly because a ConfigMap, Secret or key that they read is missing.</summary>
/// <remarks>
/// <para>Two signs: the kubelet's CreateContainerConfigError, CreateContainerError or RunContainerError; and a container that stays in
/// ContainerCreating while a ConfigMap that it needs does not exist (a missing volume shows nowhere else in the status).</para>
/// <para>Whoever applies a folder may create a Deployment moments before its ConfigMap: nothing is reported within <see cref="Grace"/> of the pod's creation.</para>
/// </remarks>
public sealed class ContainerConfigErrorDetector : IDetector
{
    /// <summary>How long after the pod's creation what it needs may still be on its way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => "ContainerConfigError";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ImmutableArray<ContainerMatch> broken = ContainerSearch.Where(situation, (_, c) => IsRefused(c) || MissingConfigMap(situation, c) is not null);
        ImmutableArray<ContainerMatch> overdue = [.. broken.Where(m => now - m.Pod.CreatedAt >= Grace)];
        DateTimeOffset? lookAgain = ContainerSearch.Next(broken.Select(static m => m.Pod.CreatedAt + Grace), now);
        return ContainerSearch.Report(Name, situation, overdue, $"cannot be created: {(overdue.IsEmpty ? "" : Why(situation, overdue[0].Container))}", lookAgain);
    }

    private static bool IsRefused(ContainerFacts container) =>
        container.State is ContainerState.Waiting { Reason: "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" };

    private static string? MissingConfigMap(Situation situation, ContainerFacts container) =>
        container.State is ContainerState.Waiting { Reason: "ContainerCreating" }
            ? container.ConfigReferences
                .FirstOrDefault(r => r is { Kind: "ConfigMap", Optional: false } && situation.ConfigMaps.All(c => c.Ref.Name != r.Name))?.Name
            : null;

    private static string Why(Situation situation, ContainerFacts container) =>
        MissingConfigMap(situation, container) is { } name ? $"configmap \"{name}\" not found"
        : container.State is ContainerState.Waiting { Message.Length: > 0 } waiting ? $"{waiting.Reason}: {waiting.Message}"
        : ((ContainerState.Waiting)container.State).Reason;
}
