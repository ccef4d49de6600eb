using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Deletes the newest failed Job of a CronJob, with its pods, so that the next run starts afresh. Can't be undone.</summary>
public sealed class DeleteFailedJobAction : IAction
{
    /// <inheritdoc/>
    public string Name => "DeleteFailedJob";

    /// <inheritdoc/>
    public string Description => "Deletes the newest failed Job of a CronJob, with its pods and their logs.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob", "Job"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("batch", "jobs", ["get", "delete"], "DeleteFailedJob deletes a failed Job of a CronJob")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        JobFacts? job = request.Situation.Jobs
            .Where(j => j.Controller?.Kind == "CronJob" && j is { HasFailed: true, Active: 0 } && IsMeant(j, request.Target))
            .OrderByDescending(static j => j.CreatedAt)
            .FirstOrDefault();
        if (job is null)
        {
            return new ActionResult.Refused(ActionReasons.NoFailedJob, $"{request.Target} has no failed Job that a CronJob made");
        }

        if (string.IsNullOrEmpty(job.Ref.Uid))
        {
            return Workloads.Unknown(request);
        }

        int pods = request.Situation.Pods.Count(p => p.Controller?.Uid == job.Ref.Uid);
        return new ActionResult.Planned(
            $"delete failed {job.Ref} of CronJob/{job.Controller!.Name}",
            [new Mutation { Verb = MutationVerb.Delete, Target = job.Ref }], Inverse: [], DisruptedPods: 0,
            $"{job.Ref}, its {Counted.Of(pods, "pod")} and their logs are gone for good");
    }

    private static bool IsMeant(JobFacts job, TargetRef target) =>
        Workloads.IsSame(job.Ref, target) || (target.Kind == "CronJob" && job.Controller?.Name == target.Name);
}
