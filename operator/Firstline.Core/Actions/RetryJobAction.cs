using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Runs the newest failed Job once more under another name, and deletes the failed one when that has succeeded. Can't be undone.</summary>
/// <remarks>The new Job has the failed one's spec and owner. When it fails too, both stay, and the step has failed.</remarks>
public sealed class RetryJobAction : IAction
{
    private const string Timeout = "timeout";

    /// <inheritdoc/>
    public string Name => "RetryJob";

    /// <inheritdoc/>
    public string Description => "Runs a failed Job once more, and deletes the failed one when the new one has succeeded.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob", "Job"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [TimeLimit.Parameter(Timeout, "30m")];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules =>
        [.. NewJob.Rules("RetryJob makes a failed Job again"), new("batch", "jobs", ["get", "delete"], "RetryJob deletes the failed Job that was made up for")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        JobFacts? job = request.Situation.FailedJobs.FirstOrDefault(j => j is { Active: 0, FailedSpecJson: not null, Ref.Uid.Length: > 0 } && IsMeant(j, request.Target));
        if (job is null)
        {
            return new ActionResult.Refused(ActionReasons.NoFailedJob, $"{request.Target} has no failed Job that could be run again");
        }

        JsonObject metadata = new() { ["annotations"] = new JsonObject { [AnnotationNames.RetryOf] = job.Ref.Name } };
        if (job.Controller is { } owner)
        {
            metadata["ownerReferences"] = NewJob.OwnedBy(owner);
        }

        Mutation again = NewJob.Create(job.Ref, NewJob.Name(job.Ref.Name, "retry", request), metadata, JsonNode.Parse(job.FailedSpecJson!)!.AsObject());
        return again.Body!.Length > Workloads.MaxBodyLength
            ? new ActionResult.Refused(ActionReasons.TooLarge, $"{job.Ref} does not fit into a request")
            : new ActionResult.Planned(
                $"run failed {job.Ref} again as {again.Target}, and delete it when that has succeeded",
                [again, new Mutation { Verb = MutationVerb.Delete, Target = job.Ref }], Inverse: [], DisruptedPods: 0,
                $"{NewJob.Lost}; {job.Ref} and the logs of its pods are gone for good") { Timeout = TimeLimit.Of(request, Timeout) };
    }

    private static bool IsMeant(JobFacts job, TargetRef target) => Workloads.IsSame(job.Ref, target) || (target.Kind == "CronJob" && job.Controller?.Name == target.Name);
}
