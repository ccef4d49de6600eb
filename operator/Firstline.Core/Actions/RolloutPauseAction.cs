using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Stops a Deployment's rollout where it is, so that no more pods take up a template that is at fault. Reversible: the inverse lets it go on.</summary>
public sealed class RolloutPauseAction : IAction
{
    /// <inheritdoc/>
    public string Name => "RolloutPause";

    /// <inheritdoc/>
    public string Description => "Pauses the rollouts of a Deployment.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["Deployment"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("apps", "deployments", ["get", "patch"], "RolloutPause sets spec.paused")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.Find(request) is { Ref.Kind: "Deployment" } workload
        ? SpecSwitch.Plan(workload.Ref, "paused", workload.Paused, wanted: true, $"pause the rollouts of {workload.Ref}", disruptedPods: 0)
        : Workloads.Unknown(request);
}
