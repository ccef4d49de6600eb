using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Sets one declared field of a workload's pod template or of a CronJob's Job. Reversible: the inverse restores the value seen while planning, or takes the field away.</summary>
/// <remarks>
/// Only the fields on the list in <see cref="DeclaredPath"/> can be set: times and thresholds of probes, the grace period, requests and limits, and a Job's retries and
/// deadline. None of them runs other code or gives other rights.
/// </remarks>
public sealed class PatchResourceAction : IAction
{
    private const string PathParameter = "path";
    private const string Value = "value";

    /// <inheritdoc/>
    public string Name => "PatchResource";

    /// <inheritdoc/>
    public string Description => "Sets one declared field of a workload's pod template or of a CronJob's Job.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob", .. Workloads.Kinds];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(PathParameter, "The field as a JSON pointer with the container's name in place of its index, such as /spec/template/spec/containers/app/livenessProbe/timeoutSeconds.", Default: null, PathProblem),
        new(Value, "Its new value as JSON, such as 5 or \"512Mi\".", Default: null, static v => DeclaredPath.Read(v) is null ? "must be JSON, such as 5 or \"512Mi\"" : null),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => [.. Workloads.Rules("PatchResource sets a declared field"), new("batch", "cronjobs", ["get", "patch"], "PatchResource sets a declared field")];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        string path = request.Parameters[PathParameter];
        DeclaredPath? field = DeclaredPath.Find(path);
        if (field is null || DeclaredPath.Read(request.Parameters[Value]) is not { } wanted || field.Stored(wanted) is not { } value)
        {
            return new ActionResult.Refused(ActionReasons.PathNotDeclared, $"{path} can't be set to {request.Parameters[Value]}: it takes {field?.Meaning ?? "nothing, as it is not on the list"}");
        }

        return request.Target.Kind == "CronJob" && field.Kinds.Contains("CronJob") ? PlanCronJob(request, path, value)
            : field.Kinds.Contains(request.Target.Kind) ? Workloads.PlanRollout(request, workload => PlanWorkload(workload, path, field.Pattern.Match(path), value))
            : Workloads.Unknown(request);
    }

    private static ActionResult PlanCronJob(ActionRequest request, string path, JsonNode value) =>
        request.Situation is { Exists: true, CronJob: { Ref.Uid.Length: > 0 } cron } && Workloads.IsSame(cron.Ref, request.Target)
            ? Set(cron.Ref, path, new JsonObject { ["spec"] = new JsonObject { ["jobTemplate"] = JsonNode.Parse(cron.JobTemplateJson) } }, [], value, disruptedPods: 0)
            : Workloads.Unknown(request);

    private static ActionResult PlanWorkload(WorkloadFacts workload, string path, Match match, JsonNode value)
    {
        JsonObject document = new() { ["spec"] = new JsonObject { ["template"] = JsonNode.Parse(workload.TemplateJson) } };
        int disrupted = Workloads.PodsStoppedByRollout(workload);
        string name = match.Groups["container"].Value;
        if (name.Length == 0)
        {
            return Set(workload.Ref, path, document, [], value, disrupted);
        }

        return ContainerChoice.Find(workload, name) is { } container
            ? Set(workload.Ref, path.Replace($"/spec/template/spec/containers/{name}", container.Path, StringComparison.Ordinal), document, [container.Test()], value, disrupted)
            : ContainerChoice.Unknown(workload);
    }

    // The field is tested, so that another's change is not covered up; its parent has to be there.
    private static ActionResult Set(TargetRef target, string path, JsonNode document, JsonObject[] tests, JsonNode value, int disruptedPods)
    {
        int last = path.LastIndexOf('/');
        if (At(document, path[..last]) is not JsonObject parent)
        {
            return new ActionResult.Refused(ActionReasons.PathNotThere, $"{target} has no {path[1..last].Replace('/', '.')}");
        }

        JsonNode? before = parent[path[(last + 1)..]];
        if (IsSame(before, value))
        {
            return new ActionResult.Refused(ActionReasons.AlreadySet, $"{path} of {target} is {value.ToJsonString()} already");
        }

        return new ActionResult.Planned(
            string.Create(CultureInfo.InvariantCulture, $"set {path[1..].Replace('/', '.')} of {target} from {before?.ToJsonString() ?? "nothing"} to {value.ToJsonString()}"),
            [Workloads.JsonPatch(target, [.. tests, .. Operations(path, before, value)])],
            [Workloads.JsonPatch(target, [.. tests.Select(static t => t.DeepClone().AsObject()), .. Operations(path, value, before)])], disruptedPods, Irreversible: null);
    }

    // The same amount may stand there in another family of suffixes: 1073741824 and 1Gi.
    private static bool IsSame(JsonNode? before, JsonNode value) => JsonNode.DeepEquals(before, value)
        || (Quantity.TryParse(before?.ToString(), out Quantity one) && Quantity.TryParse(value.ToString(), out Quantity other) && one.Value == other.Value);

    private static IEnumerable<JsonObject> Operations(string path, JsonNode? before, JsonNode? after)
    {
        if (before is not null)
        {
            yield return Workloads.Operation("test", path, before.DeepClone());
        }

        yield return after is null ? new() { ["op"] = "remove", ["path"] = path } : Workloads.Operation(before is null ? "add" : "replace", path, after.DeepClone());
    }

    private static JsonNode? At(JsonNode document, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(
        (JsonNode?)document, static (node, key) => node is JsonArray list ? list[int.Parse(key, CultureInfo.InvariantCulture)] : node?[key]);

    private static string? PathProblem(string value) => DeclaredPath.Find(value) is null
        ? "must be one of the declared fields: probes, resources and terminationGracePeriodSeconds of /spec/template/spec, backoffLimit and activeDeadlineSeconds of /spec/jobTemplate/spec"
        : null;
}
