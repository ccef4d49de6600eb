using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds the node that a workload's trouble is due to, so that one lost node is one incident and not one for each of its pods.</summary>
public static class NodeAtFault
{
    /// <summary>The one node that all pods in trouble are on, or were evicted from, when that node is in trouble itself; null otherwise. Pods that wait to replace those are of the same trouble.</summary>
    public static TargetRef? Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ILookup<bool, PodFacts> troubled = situation.Pods.Where(static p => !p.IsReady && p.Phase != "Succeeded").ToLookup(static p => p.NodeName is not null);
        ImmutableArray<PodFacts> placed = [.. troubled[true]], waiting = [.. troubled[false]];
        NodeFacts? node = placed.Select(static p => p.NodeName).Distinct().ToArray() is [{ } only] ? situation.Around.Nodes.FirstOrDefault(n => n.Ref.Name == only) : null;
        return node?.Trouble is { } trouble && placed.All(p => IsDueTo(p, trouble)) && waiting.Length <= placed.Length && waiting.All(p => Replaces(p, placed, trouble))
            ? node.Ref with { Uid = null }
            : null;
    }

    // A pod that crashes does so on any node.
    private static bool IsDueTo(PodFacts pod, ConditionFacts trouble) => trouble.Type switch
    {
        "Ready" => pod.DeletionAt is not null || pod.Containers.All(static c => c.State is ContainerState.Running or ContainerState.Terminated { ExitCode: 0 } or ContainerState.Waiting { Reason: "ContainerCreating" } or ContainerState.Unknown),
        _ => pod is { Phase: "Failed", Reason: "Evicted" or "NodeAffinity" or "OutOfmemory" or "OutOfcpu" or "UnexpectedAdmissionError" } || (trouble.Type == "NetworkUnavailable" && pod.Phase == "Pending"),
    };

    // One of another revision, or one that waited before, fits nowhere for reasons of its own.
    private static bool Replaces(PodFacts waiting, ImmutableArray<PodFacts> placed, ConditionFacts trouble) =>
        waiting.Phase == "Pending" && !(waiting.CreatedAt < trouble.Since)
        && placed.Any(p => (p.DeletionAt is not null || p.Phase == "Failed") && p.RevisionHash == waiting.RevisionHash);
}
