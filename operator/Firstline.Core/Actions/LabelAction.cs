using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Sets or takes away a label of a workload or node. Reversible: the inverse restores what was seen while planning.</summary>
/// <remarks>Of a workload it is the label of the object itself: that of its pods, by which Services find them, is in the template and stays.</remarks>
public sealed class LabelAction : IAction
{
    /// <inheritdoc/>
    public string Name => "Label";

    /// <inheritdoc/>
    public string Description => "Sets or takes away a label of a workload or node.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => LabelKeys.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => LabelKeys.Parameters(
        "label", static value => value.Length <= 63 && TaintChoice.LabelValue().IsMatch(value) ? null : "must be the value of a label, at most 63 characters");

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => LabelKeys.Rules("Label sets a label");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => LabelKeys.Plan(request, "labels", request.Situation.Workload?.Labels ?? request.Situation.Node?.Labels);
}
