using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Takes a taint off a node. Reversible: the inverse puts it on again as it was seen while planning, and leaves others alone.</summary>
public sealed class UntaintNodeAction : IAction
{
    /// <inheritdoc/>
    public string Name => "UntaintNode";

    /// <inheritdoc/>
    public string Description => "Takes a taint off a node, so that pods may be placed there again.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Nodes.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => TaintChoice.Parameters;

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Nodes.Rules("UntaintNode takes from spec.taints");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (Nodes.Find(request) is not { } node)
        {
            return Workloads.Unknown(request);
        }

        TaintFacts taint = TaintChoice.Of(request);
        if (TaintChoice.WhyNot(taint) is { } refused)
        {
            return refused;
        }

        TaintFacts? present = node.Taints.FirstOrDefault(t => t.Key == taint.Key && t.Value == taint.Value && t.Effect == taint.Effect);
        return present is null
            ? new ActionResult.Refused(ActionReasons.AlreadySet, $"{node.Ref} has no taint {taint}")
            : Nodes.Retaint(node, present, after: null, $"take taint {taint} off {node.Ref}");
    }
}
