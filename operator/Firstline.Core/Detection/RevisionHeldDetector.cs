using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds StatefulSets and DaemonSets whose pods stay on an old revision, because their update strategy OnDelete waits for somebody to delete them.</summary>
/// <remarks>With RollingUpdate the pods follow by themselves, and one that does not start is reported.</remarks>
public sealed class RevisionHeldDetector : IDetector
{
    /// <summary>How long whoever deletes the pods may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>True when pods have an older revision and nothing but their deletion brings the newest.</summary>
    public static bool IsHeld(WorkloadFacts workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        return workload.UpdateStrategy == "OnDelete" && workload.UpdatedPods < workload.DesiredPods && (workload.HasOtherRevision || workload.Ref.Kind == "DaemonSet");
    }

    /// <inheritdoc/>
    public string Name => "RevisionHeld";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation is { Exists: true, Workload: { } workload } && IsHeld(workload)
            ? ContainerSearch.After(
                Name, situation, situation.Revisions is [{ } newest, ..] ? newest.CreatedAt : workload.CreatedAt, Patience, now,
                string.Create(CultureInfo.InvariantCulture, $"update strategy OnDelete: {workload.UpdatedPods} of {workload.DesiredPods} pods have the newest revision, the others wait to be deleted"))
            : DetectorReport.Nothing;
    }
}
