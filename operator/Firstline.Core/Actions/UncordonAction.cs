using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Lets pods be placed on a cordoned node again. Reversible: the inverse cordons it, and leaves the pods that came meanwhile.</summary>
public sealed class UncordonAction : IAction
{
    /// <inheritdoc/>
    public string Name => "Uncordon";

    /// <inheritdoc/>
    public string Description => "Lets pods be placed on a cordoned node again.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Nodes.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Nodes.Rules("Uncordon sets spec.unschedulable");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Nodes.Switch(request, cordon: false);
}
