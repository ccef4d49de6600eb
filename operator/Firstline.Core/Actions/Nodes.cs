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

    /// <summary>Plans to replace the list of taints, as it was seen, by another one.</summary>
    public static ActionResult Retaint(NodeFacts node, ImmutableArray<TaintFacts> after, string summary)
    {
        const string Path = "/spec/taints";
        JsonArray before = Json(node.Taints), then = Json(after);
        Mutation forward = node.Taints.IsEmpty
            ? Workloads.JsonPatch(node.Ref, Workloads.Operation("add", Path, then))
            : Workloads.JsonPatch(node.Ref, Workloads.Operation("test", Path, before), Change(Path, then));
        Mutation inverse = after.IsEmpty
            ? Workloads.JsonPatch(node.Ref, Workloads.Operation("add", Path, before.DeepClone()))
            : Workloads.JsonPatch(node.Ref, Workloads.Operation("test", Path, then.DeepClone()), Change(Path, before.DeepClone().AsArray()));
        return new ActionResult.Planned(summary, [forward], [inverse], DisruptedPods: 0, Irreversible: null);
    }

    private static JsonObject Change(string path, JsonArray taints) => taints.Count == 0 ? new() { ["op"] = "remove", ["path"] = path } : Workloads.Operation("replace", path, taints);

    // As kubectl does: a node that is open has no such field.
    private static Mutation Unschedulable(TargetRef node, bool value) =>
        Workloads.MergePatch(node, new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = value ? true : null } });

    private static JsonArray Json(ImmutableArray<TaintFacts> taints) => new([.. taints.Select(Json)]);

    // As the API server writes it: what is empty is left out.
    private static JsonObject Json(TaintFacts taint)
    {
        JsonObject json = new() { ["effect"] = taint.Effect, ["key"] = taint.Key };
        if (taint.Value.Length > 0)
        {
            json["value"] = taint.Value;
        }

        if (taint.TimeAdded is not null)
        {
            json["timeAdded"] = taint.TimeAdded;
        }

        return json;
    }
}
