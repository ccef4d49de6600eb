using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Sets or takes away an annotation of a workload or node, as a note for people or another controller. Reversible: the inverse restores what was seen while planning.</summary>
public sealed class AnnotateAction : IAction
{
    /// <inheritdoc/>
    public string Name => "Annotate";

    /// <inheritdoc/>
    public string Description => "Sets or takes away an annotation of a workload or node.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => LabelKeys.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => LabelKeys.Parameters("annotation", static value => value.Length <= 256 ? null : "must have at most 256 characters");

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => LabelKeys.Rules("Annotate sets an annotation");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => LabelKeys.Plan(request, "annotations", request.Situation.Workload?.Annotations ?? request.Situation.Node?.Annotations);
}
