using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Lets a suspended CronJob start Jobs again; a run that was missed meanwhile may start at once. Reversible: the inverse suspends it again.</summary>
public sealed class ResumeCronJobAction : IAction
{
    /// <inheritdoc/>
    public string Name => "ResumeCronJob";

    /// <inheritdoc/>
    public string Description => "Resumes a suspended CronJob.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("batch", "cronjobs", ["get", "patch"], "ResumeCronJob sets spec.suspend")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => request.Situation is { Exists: true, CronJob: { Ref.Uid.Length: > 0 } cron } && Workloads.IsSame(cron.Ref, request.Target)
        ? SpecSwitch.Plan(cron.Ref, "suspend", cron.Suspended, wanted: false, $"resume {cron.Ref}, so that it starts Jobs again", disruptedPods: 0)
        : Workloads.Unknown(request);
}
