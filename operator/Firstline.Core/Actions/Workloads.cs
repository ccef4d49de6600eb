using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>What the actions on Deployments, StatefulSets and DaemonSets have in common.</summary>
internal static class Workloads
{
    /// <summary>Largest text of a mutation that a RemediationRequest holds.</summary>
    public const int MaxBodyLength = 262_144;

    public static readonly ImmutableArray<string> Kinds = ["DaemonSet", "Deployment", "StatefulSet"];

    /// <summary>Read and patch of the three kinds.</summary>
    public static ImmutableArray<RbacRule> Rules(string reason) =>
        [.. Kinds.Select(k => new RbacRule("apps", k.ToLowerInvariant() + "s", ["get", "patch"], reason))];

    /// <summary>The workload that the request is about; null when it is gone, is not a workload, or its identity is not known.</summary>
    public static WorkloadFacts? Find(ActionRequest request) =>
        request.Situation is { Exists: true, Workload: { Ref.Uid: { Length: > 0 } } workload } && IsSame(workload.Ref, request.Target) ? workload : null;

    /// <summary>
    /// Ready pods that a rollout may stop at once. The controller keeps desired - maxUnavailable pods available, and pods that are not ready
    /// count as taken away already: only ready pods above that number can go.
    /// </summary>
    public static int PodsStoppedByRollout(WorkloadFacts workload) =>
        Math.Clamp(workload.ReadyPods - (workload.DesiredPods - workload.MaxUnavailablePods), 0, Math.Max(0, Math.Min(workload.ReadyPods, workload.MaxUnavailablePods)));

    public static bool IsSame(TargetRef one, TargetRef other) =>
        one.Kind == other.Kind && one.Name == other.Name && (one.Namespace is null || other.Namespace is null || one.Namespace == other.Namespace);

    public static ActionResult.Refused Unknown(ActionRequest request) =>
        new(ActionReasons.TargetUnknown, $"{request.Target} is not there, or is not of a kind that this action can change");

    /// <summary>Plans a change of the pod template; refused where a rollout would not carry it to all pods.</summary>
    public static ActionResult PlanRollout(ActionRequest request, Func<WorkloadFacts, ActionResult> plan) =>
        Find(request) is not { } workload ? Unknown(request) : WhyNoRollout(workload) ?? plan(workload);

    private static ActionResult.Refused? WhyNoRollout(WorkloadFacts workload) => workload switch
    {
        { Paused: true } => new(ActionReasons.RolloutPaused, $"the rollouts of {workload.Ref} are paused (spec.paused), so a change would not reach its pods"),
        { UpdateStrategy: "OnDelete" } => new(
            ActionReasons.RolloutOnDelete, $"{workload.Ref} has updateStrategy OnDelete: a change reaches a pod only when somebody deletes it"),
        { Partition: > 0 } => new(ActionReasons.RolloutPartitioned, string.Create(
            CultureInfo.InvariantCulture,
            $"the partition {workload.Partition} of {workload.Ref} lets a change reach {Math.Max(0, workload.DesiredPods - workload.Partition)} of its {workload.DesiredPods} pods")),
        _ => null,
    };

    public static Mutation JsonPatch(TargetRef target, params ReadOnlySpan<JsonObject> operations)
    {
        JsonArray patch = [];
        foreach (JsonObject operation in operations)
        {
            patch.Add((JsonNode)operation);
        }

        return new() { Verb = MutationVerb.JsonPatch, Target = target, Body = CanonicalJson.Plain(patch) };
    }

    public static Mutation MergePatch(TargetRef target, JsonObject patch) =>
        new() { Verb = MutationVerb.MergePatch, Target = target, Body = CanonicalJson.Plain(patch) };

    public static JsonObject Operation(string op, string path, JsonNode? value) => new() { ["op"] = op, ["path"] = path, ["value"] = value };
}
