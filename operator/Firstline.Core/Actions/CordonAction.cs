using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Keeps new pods off a node; those that run there go on. Reversible: the inverse uncordons it.</summary>
public sealed class CordonAction : IAction
{
    /// <inheritdoc/>
    public string Name => "Cordon";

    /// <inheritdoc/>
    public string Description => "Keeps new pods off a node; those that run there go on.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Nodes.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Nodes.Rules("Cordon sets spec.unschedulable");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Nodes.Switch(request, cordon: true);
}
