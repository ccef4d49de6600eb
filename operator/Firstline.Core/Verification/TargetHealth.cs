using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Verification;

/// <summary>Whether a changed object is healthy, by its kind.</summary>
/// <param name="IsHealthy">True, false, or null when it can't be told.</param>
/// <param name="Message">What was seen, in one sentence with numbers.</param>
/// <param name="LastBreak">When a container of it ended last; null when none did.</param>
internal sealed record TargetHealth(bool? IsHealthy, string Message, DateTimeOffset? LastBreak = null)
{
    public static TargetHealth Of(TargetRef target, Situation situation) => target.Kind switch
    {
        "ConfigMap" => OfConfigMap(target, situation),
        "Node" => OfNode(target, situation),
        "HorizontalPodAutoscaler" => OfAutoscaler(target, situation),
        "PersistentVolumeClaim" => OfClaim(target, situation),
        "CronJob" or "Job" => OfJobs(target, situation),
        _ => OfWorkload(target, situation),
    };

    private static TargetHealth OfWorkload(TargetRef target, Situation situation)
    {
        if (!situation.Exists || situation.Workload is not { } workload)
        {
            return new(null, $"{target} is gone");
        }

        ContainerFacts[] containers = [.. situation.Pods.Where(static p => p.DeletionAt is null).SelectMany(static p => p.Containers)];
        ContainerFacts? stuck = Array.Find(containers, static c => c.State is ContainerState.Waiting { Reason: "CrashLoopBackOff" or "ImagePullBackOff" or "ErrImagePull" });
        string pods = string.Create(
            CultureInfo.InvariantCulture, $"{workload.AvailablePods} of {workload.DesiredPods} pods available, {workload.UpdatedPods} updated");
        DateTimeOffset? lastBreak = containers.Where(static c => c.Role == ContainerRole.App).Select(static c => c.LastTermination?.FinishedAt).Max();
        return stuck is { State: ContainerState.Waiting waiting }
            ? new(false, $"{pods}; container {stuck.Name} is in {waiting.Reason}", lastBreak)
            : new(workload.IsHealthy, pods, lastBreak);
    }

    private static TargetHealth OfConfigMap(TargetRef target, Situation situation)
    {
        ConfigMapFacts? config = situation.ConfigMaps.FirstOrDefault(c => c.Ref.Name == target.Name);
        return config switch
        {
            null => new(null, $"{target} is gone"),
            { DeclaredData: null } => new(null, $"{target} {config.WhyNotDeclared ?? "is not guarded, so that what was applied is not known"}"),
            _ when config.Data.SequenceEqual(config.DeclaredData) => new(true, $"{target} has its declared content"),
            _ => new(false, $"{target} differs from its declared content"),
        };
    }

    private static TargetHealth OfAutoscaler(TargetRef target, Situation situation) => situation is { Exists: true, Autoscaler: { } scaler }
        ? new(scaler.Current < scaler.Most, string.Create(CultureInfo.InvariantCulture, $"{target} has {scaler.Current} of at most {scaler.Most} replicas"))
        : new(null, $"{target} is gone");

    private static TargetHealth OfClaim(TargetRef target, Situation situation) => situation is { Exists: true, Claim: { } claim }
        ? new(
            claim.Phase == "Bound" && Quantity.TryParse(claim.Capacity, out Quantity has) && Quantity.TryParse(claim.Requested, out Quantity asked) && has >= asked,
            $"{target} is {claim.Phase} and has {claim.Capacity ?? "nothing"} of {claim.Requested ?? "nothing"}")
        : new(null, $"{target} is gone");

    // A node that can't be cured from here is contained when nothing is left on it that could run elsewhere.
    private static TargetHealth OfNode(TargetRef target, Situation situation)
    {
        if (!situation.Exists || situation.Node is not { } node)
        {
            return new(null, $"{target} is gone");
        }

        int left = situation.BoundPods.Count(DrainAction.IsToGo);
        ConditionFacts? pressure = node.Conditions.FirstOrDefault(static c => c.Type.EndsWith("Pressure", StringComparison.Ordinal) && c.Status == ConditionStatus.True);
        string scheduling = node.IsCordoned ? "cordoned" : "open to new pods";
        return node.IsReady && pressure is null ? new(true, $"{target} is ready, under no pressure, {scheduling}")
            : node.IsCordoned && left == 0 ? new(true, $"{target} is cordoned and empty, so that its trouble is contained")
            : new(false, $"{target} is {(node.IsReady ? $"under {pressure!.Type}" : "not ready")}, {scheduling}, with {Counted.Of(left, "pod")} that could run elsewhere");
    }

    private static TargetHealth OfJobs(TargetRef target, Situation situation)
    {
        if (target.Kind == "CronJob" && (!situation.Exists || situation.CronJob is null))
        {
            return new(null, $"{target} is gone");
        }

        JobFacts? failed = situation.FailedJobs.FirstOrDefault();
        return failed is null ? new(true, $"{target} has no failed Job that a later one has not made up for") : new(false, $"{failed.Ref} has failed");
    }
}
