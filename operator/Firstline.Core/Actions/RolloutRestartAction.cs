using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Replaces a workload's pods one batch after the other, as <c>kubectl rollout restart</c> does. There is nothing to undo.</summary>
public sealed class RolloutRestartAction : IAction
{
    /// <summary>The pod template's annotation whose change makes a new rollout; kubectl uses the same one.</summary>
    public const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    /// <inheritdoc/>
    public string Name => "RolloutRestart";

    /// <inheritdoc/>
    public string Description => "Restarts a workload's pods by a rollout, within its own maxUnavailable.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => Workloads.Kinds;

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters => [];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules => Workloads.Rules("RolloutRestart sets an annotation of the pod template");

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request) => Workloads.PlanRollout(request, workload => Plan(workload, request));

    private static ActionResult.Planned Plan(WorkloadFacts workload, ActionRequest request)
    {
        string time = request.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        JsonObject annotations = new() { [RestartedAt] = time };
        JsonObject patch = new() { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } } } };
        return new ActionResult.Planned(
            $"restart the {Counted.Of(workload.DesiredPods, "pod")} of {workload.Ref}, {Pace(workload)}",
            [Workloads.MergePatch(workload.Ref, patch)], Inverse: [], Workloads.PodsStoppedByRollout(workload), Irreversible: null);
    }

    private static string Pace(WorkloadFacts workload) =>
        workload.MaxUnavailablePods == 0 ? "each when its successor is ready" : $"at most {workload.MaxUnavailablePods} at once";
}
