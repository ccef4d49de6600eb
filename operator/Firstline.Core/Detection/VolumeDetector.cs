using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds volumes in phase Failed.</summary>
/// <remarks>A released volume waits for its owner.</remarks>
public sealed class VolumeDetector : IDetector
{
    /// <inheritdoc/>
    public string Name => "Volume";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Volume: { Phase: "Failed", Deletion: null } volume }
            ? ContainerSearch.After(Name, situation, volume.CreatedAt, TimeSpan.Zero, now, $"PersistentVolume {volume.Ref.Name} is Failed{(volume.Message.Length > 0 ? $": {volume.Message}" : "")}")
            : DetectorReport.Nothing;
    }
}
