using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds claims that are not bound or lost their volume.</summary>
/// <remarks>A claim of a class that waits for its first pod is pending until then: the pod is reported when it does not start.</remarks>
public sealed class ClaimDetector : IDetector
{
    /// <summary>How long provisioning may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public string Name => "Claim";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Claim: { Deletion: null } claim } || claim.Phase == "Bound")
        {
            return DetectorReport.Nothing;
        }

        if (claim.Phase == "Lost")
        {
            return ContainerSearch.After(Name, situation, claim.CreatedAt, TimeSpan.Zero, now, $"it is Lost: its volume {claim.Volume} is gone");
        }

        StorageClassFacts? found = situation.Around.StorageClasses.FirstOrDefault(s => claim.StorageClass is { } name ? s.Name == name : s.IsDefault);
        return claim.Phase != "Pending" || found is { WaitsForPod: true } ? DetectorReport.Nothing : ContainerSearch.After(
            Name, situation, claim.CreatedAt, Patience, now, $"it is Pending: {(found is null && situation.Around.SeesCluster && claim.StorageClass is { Length: > 0 } name2 ? $"StorageClass {name2} does not exist" : "no volume was provisioned for it")}");
    }
}
