using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Suspends a Job that no CronJob made: its pods are ended, and none is started. Reversible: the inverse lets it go on; what its pods had done by then they do again.</summary>
public sealed class SuspendJobAction : IAction
{
    /// <inheritdoc/>
    public string Name => "SuspendJob";

    /// <inheritdoc/>
    public string Description => "Suspends a Job, which ends its pods.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["Job"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("batch", "jobs", ["get", "patch"], "SuspendJob sets spec.suspend")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => OpenJob.Plan(request, job => SpecSwitch.Plan(
        job.Ref, "suspend", job.Suspended, wanted: true, $"suspend {job.Ref}, which ends its pods", request.Situation.Pods.Count(p => p.IsReady && p.Controller?.Uid == job.Ref.Uid)));
}
