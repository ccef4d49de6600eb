using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Deletes the failed Jobs of a CronJob that no later one has made up for, with their pods, so that the next run starts afresh. Can't be undone.</summary>
/// <remarks>All of them, since one that stays keeps the CronJob in trouble; at most 20.</remarks>
public sealed class DeleteFailedJobAction : IAction
{
    private const int Most = 20;

    /// <inheritdoc/>
    public string Name => "DeleteFailedJob";

    /// <inheritdoc/>
    public string Description => "Deletes the failed Jobs of a CronJob that no later one has made up for, with their pods and logs.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob", "Job"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [new("batch", "jobs", ["get", "delete"], "DeleteFailedJob deletes failed Jobs of a CronJob")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        ImmutableArray<JobFacts> jobs = [.. request.Situation.FailedJobs.Where(j => j.Controller?.Kind == "CronJob" && j.Active == 0 && IsMeant(j, request.Target))];
        return jobs.IsEmpty ? new ActionResult.Refused(ActionReasons.NoFailedJob, $"{request.Target} has no failed Job that a CronJob made")
            : jobs.Any(static j => string.IsNullOrEmpty(j.Ref.Uid)) ? Workloads.Unknown(request)
            : jobs.Length > Most ? new ActionResult.Refused(ActionReasons.TooLarge, $"{request.Target} has {Counted.Of(jobs.Length, "failed Job")}, more than are deleted at once")
            : Planned(request, jobs);
    }

    private static ActionResult.Planned Planned(ActionRequest request, ImmutableArray<JobFacts> jobs)
    {
        int pods = request.Situation.Pods.Count(p => jobs.Any(j => j.Ref.Uid == p.Controller?.Uid));
        string names = string.Join(", ", jobs.Select(static j => j.Ref));
        return new(
            $"delete failed {names} of CronJob/{jobs[0].Controller!.Name}",
            [.. jobs.Select(static j => new Mutation { Verb = MutationVerb.Delete, Target = j.Ref })], Inverse: [], DisruptedPods: 0,
            $"{names}, {Counted.Of(pods, "pod")} and their logs are gone for good");
    }

    private static bool IsMeant(JobFacts job, TargetRef target) =>
        Workloads.IsSame(job.Ref, target) || (target.Kind == "CronJob" && job.Controller?.Name == target.Name);
}
