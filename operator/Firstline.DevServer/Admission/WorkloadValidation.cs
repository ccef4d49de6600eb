using System.Text.Json.Nodes;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Admission;

/// <summary>Rules for Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs and CronJobs.</summary>
internal static class WorkloadValidation
{
    private const string StatefulSetImmutable = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
        + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    private static readonly string[] StatefulSetMutable =
        ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    public static void Check(JsonObject workload, FieldErrors errors)
    {
        JsonObject? spec = workload.Fields("spec");
        CheckNotNegative(spec, "spec", errors, "replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds");
        CheckSelector(spec, errors);
        CheckStrategy(spec, errors);
        CheckRestartPolicy(spec, errors);
        PodValidation.CheckSpec(
            spec.Fields("template", "spec"), "spec.template.spec", errors, spec.Objects("volumeClaimTemplates").Select(static c => c.Text("metadata", "name")));
    }

    public static void CheckSelectorUpdate(JsonObject before, JsonObject after, FieldErrors errors) => CheckFixed(before, after, errors, "selector");

    public static void CheckStatefulSetUpdate(JsonObject before, JsonObject after, FieldErrors errors)
    {
        JsonObject was = before.Fields("spec")?.DeepClone().AsObject() ?? [];
        JsonObject now = after.Fields("spec")?.DeepClone().AsObject() ?? [];
        foreach (string name in StatefulSetMutable)
        {
            was.Remove(name);
            now.Remove(name);
        }

        if (!JsonNode.DeepEquals(was, now))
        {
            errors.Forbidden("spec", StatefulSetImmutable);
        }
    }

    public static void CheckJob(JsonObject job, FieldErrors errors) => CheckJobSpec(job.Fields("spec"), "spec", errors);

    public static void CheckJobUpdate(JsonObject before, JsonObject after, FieldErrors errors)
    {
        CheckFixed(before, after, errors, "selector", "completionMode");
        if (!before.Flag("spec", "suspend"))
        {
            CheckFixed(before, after, errors, "template"); // a suspended Job's scheduling may still be changed
        }

        if (before.Text("spec", "completionMode") != "Indexed")
        {
            CheckFixed(before, after, errors, "completions");
        }
    }

    public static void CheckCronJob(JsonObject cronJob, FieldErrors errors)
    {
        JsonObject? spec = cronJob.Fields("spec");
        string schedule = spec.Text("schedule") ?? "";
        if (schedule.Length == 0)
        {
            errors.Required("spec.schedule");
        }
        else if (!schedule.StartsWith('@') && schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is var parts and not 5)
        {
            errors.Invalid("spec.schedule", spec.At("schedule"), $"expected exactly 5 fields, found {parts}: [{schedule}]");
        }

        CheckNotNegative(spec, "spec", errors, "startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit");
        CheckJobSpec(spec.Fields("jobTemplate", "spec"), "spec.jobTemplate.spec", errors);
    }

    /// <summary>Checks numbers that may not be below zero.</summary>
    public static void CheckNotNegative(JsonObject? spec, string path, FieldErrors errors, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (spec.Integer(name) < 0)
            {
                errors.Invalid(FieldPath.Child(path, name), spec.At(name), "must be greater than or equal to 0");
            }
        }
    }

    private static void CheckJobSpec(JsonObject? spec, string path, FieldErrors errors)
    {
        CheckNotNegative(spec, path, errors, "parallelism", "completions", "backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished");
        if (spec.Text("template", "spec", "restartPolicy") is not ("Never" or "OnFailure"))
        {
            errors.Required($"{path}.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }

        PodValidation.CheckSpec(spec.Fields("template", "spec"), $"{path}.template.spec", errors);
    }

    private static void CheckSelector(JsonObject? spec, FieldErrors errors)
    {
        JsonObject? labels = spec.Fields("template", "metadata", "labels");
        MetadataValidation.CheckLabels(labels, "spec.template.labels", errors);
        if (spec.Fields("selector") is not { } selector)
        {
            errors.Required("spec.selector");
        }
        else if (LabelSelection.IsEmpty(selector))
        {
            errors.Invalid("spec.selector", selector, "empty selector is invalid for deployment");
        }
        else if (!LabelSelection.Matches(selector, labels))
        {
            errors.Invalid("spec.template.metadata.labels", labels ?? [], "`selector` does not match template `labels`");
        }
    }

    private static void CheckStrategy(JsonObject? spec, FieldErrors errors)
    {
        if (spec.Text("strategy", "type") == "Recreate" && spec.Fields("strategy", "rollingUpdate") is not null)
        {
            errors.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }

        JsonNode? rolling = spec.At("strategy", "rollingUpdate");
        if (IsZero(rolling.At("maxUnavailable")) && IsZero(rolling.At("maxSurge")))
        {
            errors.Invalid("spec.strategy.rollingUpdate.maxUnavailable", rolling.At("maxUnavailable"), "may not be 0 when `maxSurge` is 0");
        }
    }

    private static bool IsZero(JsonNode? value) => value.Scalar() is "0" or "0%";

    private static void CheckRestartPolicy(JsonObject? spec, FieldErrors errors)
    {
        if (spec.Fields("template", "spec") is { } pod && pod.Text("restartPolicy") != "Always")
        {
            errors.NotSupported("spec.template.spec.restartPolicy", pod["restartPolicy"], "Always");
        }
    }

    private static void CheckFixed(JsonObject before, JsonObject after, FieldErrors errors, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            JsonNode? now = after.At("spec", name);
            if (!JsonNode.DeepEquals(before.At("spec", name), now))
            {
                errors.Immutable($"spec.{name}", now);
            }
        }
    }
}
