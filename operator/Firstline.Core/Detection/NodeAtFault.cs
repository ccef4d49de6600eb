using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds the node that a workload's trouble is due to, so that one lost node is one incident and not one for each of its pods.</summary>
public static class NodeAtFault
{
    /// <summary>The one node that all pods in trouble are on, or were evicted from, when that node is in trouble itself; null otherwise.</summary>
    public static TargetRef? Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ImmutableArray<PodFacts> troubled = [.. situation.Pods.Where(static p => !p.IsReady && p.Phase != "Succeeded")];
        ImmutableArray<string?> nodes = [.. troubled.Select(static p => p.NodeName).Distinct()];
        NodeFacts? node = nodes is [{ } only] ? situation.Around.Nodes.FirstOrDefault(n => n.Ref.Name == only) : null;
        return node?.Trouble is { } trouble && troubled.All(p => IsDueTo(p, trouble)) ? node.Ref with { Uid = null } : null;
    }

    // A pod that crashes does so on any node.
    private static bool IsDueTo(PodFacts pod, ConditionFacts trouble) => trouble.Type switch
    {
        "Ready" => pod.DeletionAt is not null || pod.Containers.All(static c => c.State is ContainerState.Running or ContainerState.Terminated { ExitCode: 0 } or ContainerState.Waiting { Reason: "ContainerCreating" } or ContainerState.Unknown),
        _ => pod is { Phase: "Failed", Reason: "Evicted" or "NodeAffinity" or "OutOfmemory" or "OutOfcpu" or "UnexpectedAdmissionError" } || (trouble.Type == "NetworkUnavailable" && pod.Phase == "Pending"),
    };
}
