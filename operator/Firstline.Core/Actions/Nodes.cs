using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>What the actions on nodes have in common.</summary>
internal static class Nodes
{
    public static readonly ImmutableArray<string> Kinds = ["Node"];

    public static ImmutableArray<RbacRule> Rules(string reason) => [new("", "nodes", ["get", "patch"], reason)];

    /// <summary>The node that the request is about; null when it is gone, is no node, or its identity is not known.</summary>
    public static NodeFacts? Find(ActionRequest request) =>
        request.Situation is { Exists: true, Node: { Ref.Uid: { Length: > 0 } } node } && Workloads.IsSame(node.Ref, request.Target) ? node : null;

    /// <summary>Plans to cordon a node, or to open it again.</summary>
    public static ActionResult Switch(ActionRequest request, bool cordon)
    {
        if (Find(request) is not { } node)
        {
            return Workloads.Unknown(request);
        }

        return node.IsCordoned == cordon
            ? new ActionResult.Refused(ActionReasons.AlreadySet, $"{node.Ref} is {(cordon ? "cordoned already" : "not cordoned")}")
            : new ActionResult.Planned(
                cordon ? $"cordon {node.Ref}: no new pods are placed on it" : $"uncordon {node.Ref}: pods may be placed on it again",
                [Unschedulable(node.Ref, cordon)], [Unschedulable(node.Ref, !cordon)], DisruptedPods: 0, Irreversible: null);
    }

    /// <summary>True when one of these changes cordons that node.</summary>
    public static bool IsCordonedBy(ImmutableArray<Mutation> changes, TargetRef node) => changes.Any(m => m == Unschedulable(node, true));

    /// <summary>Plans to change one taint of a node, whatever others come and go meanwhile.</summary>
    /// <param name="node">The node.</param>
    /// <param name="before">The taint of that key and effect that it has; null when it has none.</param>
    /// <param name="after">The one that it is to have; null for none.</param>
    /// <param name="summary">What it means, in one sentence.</param>
    public static ActionResult Retaint(NodeFacts node, TaintFacts? before, TaintFacts? after, string summary)
    {
        Mutation Set(TaintFacts? wanted, TaintFacts? other) => (wanted is null ? new TaintChange(other!, IsWanted: false) : new(wanted, IsWanted: true)).On(node.Ref);
        return new ActionResult.Planned(summary, [Set(after, before)], [Set(before, after)], DisruptedPods: 0, Irreversible: null);
    }

    // As kubectl does: a node that is open has no such field.
    private static Mutation Unschedulable(TargetRef node, bool value) =>
        Workloads.MergePatch(node, new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = value ? true : null } });
}
