using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Adds a taint to a node, which keeps pods away that do not tolerate it. Reversible: the inverse restores what was seen while planning of that taint, and leaves others alone.</summary>
public sealed class TaintNodeAction : IAction
{
    /// <inheritdoc/>
    public string Name => "TaintNode";

    /// <inheritdoc/>
    public string Description => "Adds a taint to a node, so that only pods that tolerate it are placed there.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Nodes.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => TaintChoice.Parameters;

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Nodes.Rules("TaintNode adds to spec.taints");

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

        // Key and effect are what the API server tells taints apart by.
        TaintFacts? present = node.Taints.FirstOrDefault(t => t.Key == taint.Key && t.Effect == taint.Effect);
        if (present?.Value == taint.Value)
        {
            return new ActionResult.Refused(ActionReasons.AlreadySet, $"{node.Ref} has taint {taint} already");
        }

        return Nodes.Retaint(node, present, taint, present is null ? $"add taint {taint} to {node.Ref}" : $"change taint {present} of {node.Ref} to {taint}");
    }
}
