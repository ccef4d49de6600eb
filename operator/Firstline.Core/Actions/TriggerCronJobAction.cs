using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Firstline.Core.Actions;

/// <summary>Starts a Job of a CronJob now, as <c>kubectl create job --from=cronjob/NAME</c> does, and waits for its end. Can't be undone.</summary>
public sealed class TriggerCronJobAction : IAction
{
    private const string Timeout = "timeout";

    /// <inheritdoc/>
    public string Name => "TriggerCronJob";

    /// <inheritdoc/>
    public string Description => "Starts a Job of a CronJob now and waits until it has succeeded.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [TimeLimit.Parameter(Timeout, "30m")];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => NewJob.Rules("TriggerCronJob starts a Job of a CronJob");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (request.Situation is not { Exists: true, CronJob: { Ref.Uid.Length: > 0 } cron } || !Workloads.IsSame(cron.Ref, request.Target))
        {
            return Workloads.Unknown(request);
        }

        if (cron.ConcurrencyPolicy != "Allow" && request.Situation.Jobs.FirstOrDefault(static j => j.Active > 0) is { } running)
        {
            return new ActionResult.Refused(ActionReasons.JobRuns, $"{running.Ref} runs, and {cron.Ref} allows one at a time ({cron.ConcurrencyPolicy})");
        }

        JsonObject template = JsonNode.Parse(cron.JobTemplateJson)!.AsObject();
        if (template["spec"] is not JsonObject spec)
        {
            return Workloads.Unknown(request);
        }

        JsonObject metadata = template["metadata"]?.DeepClone() as JsonObject ?? [];
        JsonObject annotations = metadata["annotations"] as JsonObject ?? [];
        annotations["cronjob.kubernetes.io/instantiate"] = "manual";
        metadata["annotations"] ??= annotations;
        metadata["ownerReferences"] = NewJob.OwnedBy(new() { ApiVersion = cron.Ref.ApiVersion, Kind = cron.Ref.Kind, Name = cron.Ref.Name, Uid = cron.Ref.Uid! });
        return new ActionResult.Planned(
            $"run {cron.Ref} once now, beside its schedule", [NewJob.Create(cron.Ref, NewJob.Name(cron.Ref.Name, "now", request), metadata, spec)], Inverse: [], DisruptedPods: 0,
            NewJob.Lost) { Timeout = TimeLimit.Of(request, Timeout) };
    }
}
