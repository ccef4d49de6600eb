using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>Sets the number of replicas. Reversible: the inverse restores the number seen while planning.</summary>
public sealed class SetReplicasAction : IAction
{
    private const int MaxReplicas = 1000;

    /// <inheritdoc/>
    public string Name => "SetReplicas";

    /// <inheritdoc/>
    public string Description => "Sets the number of replicas of a Deployment or StatefulSet.";

    /// <inheritdoc/>
    public ImmutableArray<string> TargetKinds => ["Deployment", "StatefulSet"];

    /// <inheritdoc/>
    public ImmutableArray<ActionParameter> Parameters =>
        [new("replicas", $"Number of replicas wanted, 0 to {MaxReplicas}.", Default: null, Problem)];

    /// <inheritdoc/>
    public ImmutableArray<RbacRule> Rules =>
    [
        new("apps", "deployments", ["get", "patch"], "SetReplicas sets spec.replicas"),
        new("apps", "statefulsets", ["get", "patch"], "SetReplicas sets spec.replicas"),
    ];

    /// <inheritdoc/>
    public ActionResult Plan(ActionRequest request)
    {
        if (Workloads.Find(request) is not { } workload || !TargetKinds.Contains(workload.Ref.Kind))
        {
            return Workloads.Unknown(request);
        }

        int wanted = int.Parse(request.Parameters["replicas"], NumberStyles.None, CultureInfo.InvariantCulture);
        if (wanted == workload.DesiredPods)
        {
            return new ActionResult.Refused(ActionReasons.ReplicasAlreadySet, $"{workload.Ref} is at {Counted.Of(wanted, "replica")} already");
        }

        JsonObject Replicas(int count) => new() { ["spec"] = new JsonObject { ["replicas"] = count } };
        return new ActionResult.Planned(
            $"scale {workload.Ref} from {workload.DesiredPods} to {Counted.Of(wanted, "replica")}",
            [Workloads.MergePatch(workload.Ref, Replicas(wanted))], [Workloads.MergePatch(workload.Ref, Replicas(workload.DesiredPods))],
            PodsStopped(workload, wanted), Irreversible: null);
    }

    // The controller stops pods that are not ready first.
    private static int PodsStopped(WorkloadFacts workload, int wanted) => Math.Max(0, workload.ReadyPods - wanted);

    private static string? Problem(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int replicas) && replicas <= MaxReplicas
            ? null
            : $"must be a whole number from 0 to {MaxReplicas}";
}
