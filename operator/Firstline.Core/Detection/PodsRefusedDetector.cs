using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds workloads whose pods are refused: by a quota, a policy of admission, a webhook, or for want of a ServiceAccount.</summary>
/// <remarks>The controller says so in the condition ReplicaFailure. A StatefulSet or DaemonSet has no such condition: it lacks pods although those that it has are ready.</remarks>
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

        int there = situation.WantedPods.Count();
        if (workload.Ref.Kind == "Deployment" || there >= workload.DesiredPods || !situation.WantedPods.All(static p => p.IsReady))
        {
            return DetectorReport.Nothing;
        }

        DateTimeOffset since = situation.WantedPods.Select(static p => p.Condition("Ready")?.Since ?? p.CreatedAt).Append(workload.CreatedAt).Max();
        return ContainerSearch.After(
            Name, situation, since, Patience, now, string.Create(CultureInfo.InvariantCulture, $"{there} of {workload.DesiredPods} pods exist, and no other is made"));
    }
}
