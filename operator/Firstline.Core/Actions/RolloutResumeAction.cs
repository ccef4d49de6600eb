using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Lets a Deployment's paused rollouts go on: its pods take up its present template. Reversible: the inverse pauses them again, and leaves the pods that were replaced.</summary>
public sealed class RolloutResumeAction : IAction
{
    /// <inheritdoc/>
    public string Name => "RolloutResume";

    /// <inheritdoc/>
    public string Description => "Resumes the paused rollouts of a Deployment.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["Deployment"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("apps", "deployments", ["get", "patch"], "RolloutResume sets spec.paused")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.Find(request) is { Ref.Kind: "Deployment" } workload
        ? SpecSwitch.Plan(
            workload.Ref, "paused", workload.Paused, wanted: false, $"resume the rollouts of {workload.Ref}", Workloads.PodsStoppedByRollout(workload))
        : Workloads.Unknown(request);
}
