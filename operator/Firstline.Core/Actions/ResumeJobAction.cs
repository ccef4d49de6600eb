using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Lets a suspended Job that no CronJob made go on: its pods are started. Reversible: the inverse suspends it again, which ends them.</summary>
public sealed class ResumeJobAction : IAction
{
    /// <inheritdoc/>
    public string Name => "ResumeJob";

    /// <inheritdoc/>
    public string Description => "Resumes a suspended Job.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["Job"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("batch", "jobs", ["get", "patch"], "ResumeJob sets spec.suspend")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) =>
        OpenJob.Plan(request, static job => SpecSwitch.Plan(job.Ref, "suspend", job.Suspended, wanted: false, $"resume {job.Ref}, so that its pods are started", disruptedPods: 0));
}
