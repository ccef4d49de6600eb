using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds containers whose image cannot be pulled.</summary>
/// <remarks>
/// ErrImagePull is the kubelet's first attempt and may be a passing fault of the network or a rate limit: it is reported at once only when the
/// registry's answer will not change by itself, else when the pod has waited for <see cref="Patience"/>. ImagePullBackOff means at least a second attempt failed.
/// </remarks>
public sealed class ImagePullDetector : IDetector
{
    /// <summary>How long a pull may fail for reasons that may pass.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly ImmutableArray<string> Final =
        ["not found", "manifest unknown", "does not exist", "unauthorized", "authentication required", "denied", "forbidden", "no match for platform", "invalid reference"];

    /// <inheritdoc/>
    public string Name => "ImagePull";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ImmutableArray<ContainerMatch> waiting = ContainerSearch.Where(situation, static (_, c) => IsPullFailure(c));
        ImmutableArray<ContainerMatch> stuck = [.. waiting.Where(m => IsStuck(m, now))];
        DateTimeOffset? lookAgain = ContainerSearch.Next(waiting.Except(stuck).Select(static m => m.Pod.CreatedAt + Patience), now);
        string image = stuck.IsEmpty ? "" : stuck[0].Container.Image;
        string reason = stuck.IsEmpty ? "" : ((ContainerState.Waiting)stuck[0].Container.State).Reason;
        return ContainerSearch.Report(Name, situation, stuck, $"cannot pull image {image} ({reason})", lookAgain);
    }

    private static bool IsPullFailure(ContainerFacts container) => container.State is ContainerState.Waiting
    {
        Reason: "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "ImageInspectError" or "RegistryUnavailable",
    };

    private static bool IsStuck(ContainerMatch match, DateTimeOffset now)
    {
        ContainerState.Waiting waiting = (ContainerState.Waiting)match.Container.State;
        return waiting.Reason is not ("ErrImagePull" or "RegistryUnavailable")
            || now - match.Pod.CreatedAt >= Patience
            || Final.Any(word => waiting.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
