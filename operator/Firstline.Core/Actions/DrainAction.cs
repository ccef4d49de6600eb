using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Evicts the pods of a cordoned node, one after the other, as far as their PodDisruptionBudgets allow. Can't be undone: the pods are gone, and new ones run elsewhere.</summary>
/// <remarks>
/// As <c>kubectl drain</c>: pods of DaemonSets and mirror pods stay, and a pod without a controller or with an emptyDir volume makes it refuse unless the
/// parameters say otherwise. What is evicted is the list in the plan; a pod that came later is left. A budget that allows no disruption is waited for, up to the time limit.
/// </remarks>
public sealed class DrainAction : IAction
{
    private const string Timeout = "timeout";
    private const string UnmanagedPods = "unmanagedPods";
    private const string EmptyDirPods = "emptyDirPods";

    /// <inheritdoc/>
    public string Name => "Drain";

    /// <inheritdoc/>
    public string Description => "Evicts the pods of a cordoned node one after the other, as far as their PodDisruptionBudgets allow.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Nodes.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        TimeLimit.Parameter(Timeout, "15m"),
        new(UnmanagedPods, "What to do when a pod has no controller that makes it again: refuse, or evict it for good.", "refuse", Problem),
        new(EmptyDirPods, "What to do when a pod has an emptyDir volume: refuse, or evict it and lose what the volume holds.", "refuse", Problem),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules =>
    [
        new("", "nodes", ["get"], "Drain looks whether the node is still that very node, and cordoned"),
        new("", "pods", ["list"], "Drain looks which of the planned pods are still on the node"),
        new("", "pods/eviction", ["create"], "Drain evicts the pods of a node"),
    ];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (Nodes.Find(request) is not { } node)
        {
            return Workloads.Unknown(request);
        }

        if (!node.IsCordoned && !Nodes.IsCordonedBy(request.Before, node.Ref))
        {
            return new ActionResult.Refused(ActionReasons.NotCordoned, $"{node.Ref} is not cordoned, so that evicted pods could come back to it");
        }

        ImmutableArray<PodFacts> pods = [.. request.Situation.BoundPods.Where(IsToGo).OrderBy(static p => p.Ref.Namespace, StringComparer.Ordinal).ThenBy(static p => p.Ref.Name, StringComparer.Ordinal)];
        return WhyNot(request, node, pods) ?? Planned(request, node, pods);
    }

    private static ActionResult Planned(ActionRequest request, NodeFacts node, ImmutableArray<PodFacts> pods)
    {
        Mutation evictions = BoundPod.Evictions(node.Ref, pods);
        string count = Counted.Of(pods.Length, "pod");
        return evictions.Body!.Length > Workloads.MaxBodyLength
            ? new ActionResult.Refused(ActionReasons.TooLarge, $"the {count} of {node.Ref} do not fit into a request")
            : new ActionResult.Planned(
                $"evict {count} from {node.Ref}, one after the other as their disruption budgets allow", [evictions], Inverse: [], pods.Count(static p => p.IsReady),
                $"{count} and their logs are gone for good; their controllers make new ones elsewhere{Lost(pods)}") { Timeout = TimeLimit.Of(request, Timeout) };
    }

    private static string Lost(ImmutableArray<PodFacts> pods)
    {
        string[] lost = [.. pods.Where(static p => p.Controller is null || p.HasEmptyDir).Select(static p => $"{p.Ref.Namespace}/{p.Ref.Name}")];
        return lost.Length == 0 ? "" : $", but what only these hold is lost: {string.Join(", ", lost.Take(5))}{(lost.Length > 5 ? " and others" : "")}";
    }

    // Those of DaemonSets would be made again on this very node; a mirror pod only shows what its kubelet runs. What has ended or is ending needs no eviction.
    internal static bool IsToGo(PodFacts pod) =>
        pod is { DeletionAt: null, IsMirror: false, Controller: null or not { Kind: "DaemonSet" }, Phase: not ("Succeeded" or "Failed"), Ref.Uid.Length: > 0 };

    private static ActionResult.Refused? WhyNot(ActionRequest request, NodeFacts node, ImmutableArray<PodFacts> pods)
    {
        if (pods.IsEmpty)
        {
            return new(ActionReasons.NothingToEvict, $"no pod of {node.Ref} is left that could be evicted");
        }

        if (request.Parameters[UnmanagedPods] == "refuse" && pods.FirstOrDefault(static p => p.Controller is null) is { } alone)
        {
            return new(ActionReasons.PodUnmanaged, $"{alone.Ref.Namespace}/{alone.Ref.Name} on {node.Ref} has no controller, so that nothing makes it again elsewhere");
        }

        return request.Parameters[EmptyDirPods] == "refuse" && pods.FirstOrDefault(static p => p.HasEmptyDir) is { } holder
            ? new(ActionReasons.PodHasEmptyDir, $"{holder.Ref.Namespace}/{holder.Ref.Name} on {node.Ref} has an emptyDir volume, whose content would be lost")
            : null;
    }

    private static string? Problem(string value) => value is "refuse" or "evict" ? null : "must be refuse or evict";
}
