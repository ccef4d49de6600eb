using System.Collections.Immutable;

namespace Firstline.Core.Actions;

/// <summary>Keeps a CronJob from starting more Jobs; those that run go on. Reversible: the inverse lets it start them again.</summary>
public sealed class SuspendCronJobAction : IAction
{
    /// <inheritdoc/>
    public string Name => "SuspendCronJob";

    /// <inheritdoc/>
    public string Description => "Suspends a CronJob.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("batch", "cronjobs", ["get", "patch"], "SuspendCronJob sets spec.suspend")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => request.Situation is { Exists: true, CronJob: { Ref.Uid.Length: > 0 } cron } && Workloads.IsSame(cron.Ref, request.Target)
        ? SpecSwitch.Plan(cron.Ref, "suspend", cron.Suspended, wanted: true, $"suspend {cron.Ref}, so that it starts no more Jobs", disruptedPods: 0)
        : Workloads.Unknown(request);
}
