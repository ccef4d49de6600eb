using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads whose pods are refused: by a quota, a policy of admission, a webhook, or for want of a ServiceAccount.</summary>
/// <remarks>The controller says so in the condition ReplicaFailure. A StatefulSet or DaemonSet has no such condition: it lacks pods although those that it has are ready, none is
/// on its way out, and neither what is wanted of it nor what its controller says of it has changed for a while.</remarks>
public sealed class PodsRefusedDetector : IDetector
{
    /// <summary>How long a refusal may last: a quota is often raised, and a ServiceAccount made, moments later.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "PodsRefused";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation is not { Exists: true, Workload: { DesiredPods: > 0, Deletion: null } workload })
        {
            return DetectorReport.Nothing;
        }

        if (workload.Conditions.FirstOrDefault(static c => c is { Type: "ReplicaFailure", Status: ConditionStatus.True }) is { } refusal)
        {
            return ContainerSearch.After(Name, situation, refusal.Since ?? workload.CreatedAt, Patience, now, $"pods are refused: {refusal.Message}");
        }

        return workload.Ref.Kind == "Deployment" ? DetectorReport.Nothing : Lacking(situation, workload, now);
    }

    private DetectorReport Lacking(Situation situation, WorkloadFacts workload, DateTimeOffset now)
    {
        int there = situation.WantedPods.Count();
        if (there >= workload.DesiredPods || !situation.Pods.All(static p => p.IsReady))
        {
            return DetectorReport.Nothing;
        }

        DateTimeOffset since = situation.WantedPods.Select(static p => p.Condition("Ready")?.Since ?? p.CreatedAt)
            .Concat(new[] { workload.CreatedAt, workload.LastChange?.Time, workload.StatusChangedAt }.OfType<DateTimeOffset>()).Max();
        return ContainerSearch.After(
            Name, situation, since, Patience, now, string.Create(CultureInfo.InvariantCulture, $"{there} of {workload.DesiredPods} pods exist, and no other is made"));
    }
}
