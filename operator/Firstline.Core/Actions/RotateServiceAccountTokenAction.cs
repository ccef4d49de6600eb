using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Replaces the pods of a workload, so that each new one gets a new ServiceAccount token and the tokens of the old ones stop to be valid. Can't be undone: a token that is not valid any more never is again.</summary>
/// <remarks>
/// The tokens that kubelets mount are bound to their pod: the API server refuses them as soon as the pod is gone. Secrets of type
/// <c>kubernetes.io/service-account-token</c> are left alone: made again under the same name they may hold the very same token, since nothing in it changes; give their
/// holders bound tokens instead. A token that was copied is good until its pod is gone.
/// </remarks>
public sealed class RotateServiceAccountTokenAction : IAction
{
    /// <inheritdoc/>
    public string Name => "RotateServiceAccountToken";

    /// <inheritdoc/>
    public string Description => "Replaces the pods of a workload, so that the ServiceAccount tokens bound to them stop to be valid and new ones are issued.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("RotateServiceAccountToken replaces the pods that hold the tokens");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload => HasToken(JsonNode.Parse(workload.TemplateJson)?["spec"])
        ? Plan(workload, request)
        : new ActionResult.Refused(ActionReasons.NoToken, $"the pods of {workload.Ref} get no ServiceAccount token (automountServiceAccountToken is false), so that there is none to replace"));

    private static ActionResult.Planned Plan(WorkloadFacts workload, ActionRequest request)
    {
        JsonObject annotations = new() { ["kubectl.kubernetes.io/restartedAt"] = request.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
        JsonObject patch = new() { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } } } };
        return new(
            $"replace the pods of {workload.Ref}, and with them their ServiceAccount tokens", [Workloads.MergePatch(workload.Ref, patch)], Inverse: [], Workloads.PodsStoppedByRollout(workload),
            "the tokens of the old pods are not valid any more, wherever they were copied to");
    }

    private static bool HasToken(JsonNode? pod) => (bool?)pod?["automountServiceAccountToken"] != false
        || (pod["volumes"] as JsonArray ?? []).Any(static v => (v?["projected"]?["sources"] as JsonArray ?? []).Any(static s => s?["serviceAccountToken"] is not null));
}
