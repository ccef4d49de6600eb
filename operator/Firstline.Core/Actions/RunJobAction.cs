using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Actions;

/// <summary>Runs a Job that the Runbook declares, in the target's namespace; its exit code is the result, and the end of its log is kept. Can't be undone.</summary>
/// <remarks>
/// The pod is made from these few parameters and meets the restricted Pod Security Standard: no root, no privileges, no volumes, no token unless a ServiceAccount is
/// named. It runs once, within the time limit. <c>FIRSTLINE_TARGET_KIND</c>, <c>_NAMESPACE</c> and <c>_NAME</c> tell it what it is about.
/// </remarks>
public sealed partial class RunJobAction : IAction
{
    private const string Image = "image";
    private const string Command = "command";
    private const string ServiceAccount = "serviceAccount";
    private const string Cpu = "cpu";
    private const string Memory = "memory";
    private const string Timeout = "timeout";

    /// <inheritdoc/>
    public string Name => "RunJob";

    /// <inheritdoc/>
    public string Description => "Runs a Job that the Runbook declares, in the target's namespace; its exit code is the result.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["CronJob", .. Workloads.Kinds];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
    [
        new(Image, "The image, with its tag or digest, whose user is not root.", Default: null, ImageProblem),
        new(Command, "What to run in place of the image's own command, as a JSON list of strings; the image's own when left out.", "[]", CommandProblem),
        new(ServiceAccount, "ServiceAccount of the namespace whose token the pod gets; no token when left out.", "", AccountProblem),
        new(Cpu, "CPU that it asks for and may use, such as 100m.", "100m", QuantityProblem),
        new(Memory, "Memory that it asks for and may use, such as 128Mi.", "128Mi", QuantityProblem),
        TimeLimit.Parameter(Timeout, "10m"),
    ];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => NewJob.Rules("RunJob makes the Job that a Runbook declares");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (!request.Situation.Exists || !Workloads.IsSame(request.Situation.Subject, request.Target) || string.IsNullOrEmpty(request.Situation.Subject.Uid) || !TargetKinds.Contains(request.Target.Kind))
        {
            return Workloads.Unknown(request);
        }

        TargetRef target = request.Situation.Subject;
        JsonObject metadata = new() { ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "firstline" } };
        Mutation job = NewJob.Create(target, NewJob.Name(target.Name, "runbook", request), metadata, Spec(request, target));
        return new ActionResult.Planned(
            $"run {job.Target} with image {request.Parameters[Image]} for {target}", [job], Inverse: [], DisruptedPods: 0, NewJob.Lost) { Timeout = TimeLimit.Of(request, Timeout) };
    }

    // The Job ends itself at the time limit of the step, and is removed a week later.
    private static JsonObject Spec(ActionRequest request, TargetRef target) => new()
    {
        ["backoffLimit"] = 0,
        ["activeDeadlineSeconds"] = (long)TimeLimit.Of(request, Timeout).TotalSeconds,
        ["ttlSecondsAfterFinished"] = 604_800,
        ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "firstline" } }, ["spec"] = Pod(request, target) },
    };

    private static JsonObject Pod(ActionRequest request, TargetRef target)
    {
        string account = request.Parameters[ServiceAccount];
        JsonObject pod = new()
        {
            ["restartPolicy"] = "Never",
            ["automountServiceAccountToken"] = account.Length > 0,
            ["securityContext"] = new JsonObject { ["runAsNonRoot"] = true, ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" } },
            ["containers"] = new JsonArray(Container(request, target)),
        };
        if (account.Length > 0)
        {
            pod["serviceAccountName"] = account;
        }

        return pod;
    }

    private static JsonObject Container(ActionRequest request, TargetRef target)
    {
        JsonObject amounts = new() { ["cpu"] = request.Parameters[Cpu], ["memory"] = request.Parameters[Memory] };
        JsonObject container = new()
        {
            ["name"] = "job",
            ["image"] = request.Parameters[Image],
            ["env"] = new JsonArray(Variable("FIRSTLINE_TARGET_KIND", target.Kind), Variable("FIRSTLINE_TARGET_NAMESPACE", target.Namespace ?? ""), Variable("FIRSTLINE_TARGET_NAME", target.Name)),
            ["resources"] = new JsonObject { ["limits"] = amounts, ["requests"] = amounts.DeepClone() },
            ["securityContext"] = new JsonObject { ["allowPrivilegeEscalation"] = false, ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") } },
        };
        JsonArray command = JsonNode.Parse(request.Parameters[Command])!.AsArray();
        if (command.Count > 0)
        {
            container["command"] = command;
        }

        return container;
    }

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static string? ImageProblem(string value) => value.Length is > 0 and <= 512 && !value.Any(char.IsWhiteSpace) ? null : "must be an image, such as registry.example/tool:1.2";

    private static string? CommandProblem(string value)
    {
        try
        {
            return JsonNode.Parse(value) is JsonArray list && list.All(static item => item?.GetValueKind() == JsonValueKind.String) ? null : "must be a JSON list of strings, such as [\"/bin/tool\", \"--fix\"]";
        }
        catch (JsonException)
        {
            return "must be a JSON list of strings, such as [\"/bin/tool\", \"--fix\"]";
        }
    }

    private static string? AccountProblem(string value) => value.Length <= 253 && AccountName().IsMatch(value) ? null : "must be the name of a ServiceAccount";

    private static string? QuantityProblem(string value) => Quantity.TryParse(value, out Quantity amount) && amount.Value > 0 ? null : "must be an amount above 0, such as 100m or 128Mi";

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex AccountName();
}
