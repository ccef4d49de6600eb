using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>The Job that is the target itself and has not ended: what SuspendJob and ResumeJob have in common.</summary>
internal static class OpenJob
{
    public static ActionResult Plan(ActionRequest request, Func<JobFacts, ActionResult> plan) =>
        !request.Situation.Exists || request.Situation.Jobs.FirstOrDefault(j => j.Ref.Uid is { Length: > 0 } && Workloads.IsSame(j.Ref, request.Target)) is not { } job ? Workloads.Unknown(request)
        : job.HasFailed || job.HasSucceeded ? new ActionResult.Refused(ActionReasons.JobEnded, $"{job.Ref} has ended, so that there is nothing to suspend or resume")
        : plan(job);
}
