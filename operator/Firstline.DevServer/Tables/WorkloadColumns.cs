using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.DevServer.Admission;
using Firstline.DevServer.Schemas;

namespace Firstline.DevServer.Tables;

internal static class WorkloadColumns
{
    private static readonly string[] Template = ["spec", "template", "spec", "containers"];

    public static Dictionary<string, ImmutableArray<Column>> All { get; } = new()
    {
        ["Deployment"] =
        [
            ReadyShare,
            Column.Count("Up-to-date", o => o.Integer("status", "updatedReplicas")),
            Column.Count("Available", o => o.Integer("status", "availableReplicas")),
            Column.Age, .. Cells.Containers(Template), Cells.Selector("spec", "selector"),
        ],
        ["ReplicaSet"] =
        [
            Column.Count("Desired", o => o.Integer("spec", "replicas")),
            Column.Count("Current", o => o.Integer("status", "replicas")),
            Column.Count("Ready", o => o.Integer("status", "readyReplicas")),
            Column.Age, .. Cells.Containers(Template), Cells.Selector("spec", "selector"),
        ],
        ["StatefulSet"] = [ReadyShare, Column.Age, .. Cells.Containers(Template)],
        ["DaemonSet"] =
        [
            Column.Count("Desired", o => o.Integer("status", "desiredNumberScheduled")),
            Column.Count("Current", o => o.Integer("status", "currentNumberScheduled")),
            Column.Count("Ready", o => o.Integer("status", "numberReady")),
            Column.Count("Up-to-date", o => o.Integer("status", "updatedNumberScheduled")),
            Column.Count("Available", o => o.Integer("status", "numberAvailable")),
            Column.Text("Node Selector", NodeSelector),
            Column.Age, .. Cells.Containers(Template), Cells.Selector("spec", "selector"),
        ],
        ["ControllerRevision"] =
        [
            Column.Text("Controller", Controller),
            Column.Count("Revision", o => o.Integer("revision")),
            Column.Age,
        ],
        ["HorizontalPodAutoscaler"] =
        [
            Column.Text("Reference", o => $"{o.Text("spec", "scaleTargetRef", "kind")}/{o.Text("spec", "scaleTargetRef", "name")}"),
            Column.Text("Targets", AutoscalerTargets.Format),
            Column.Text("MinPods", o => o.At("spec", "minReplicas").Scalar() ?? Cells.Unset),
            Column.Count("MaxPods", o => o.Integer("spec", "maxReplicas")),
            Column.Count("Replicas", o => o.Integer("status", "currentReplicas")),
            Column.Age,
        ],
        ["PodDisruptionBudget"] =
        [
            Column.Text("Min Available", o => o.At("spec", "minAvailable").Scalar() ?? "N/A"),
            Column.Text("Max Unavailable", o => o.At("spec", "maxUnavailable").Scalar() ?? "N/A"),
            Column.Count("Allowed Disruptions", o => o.Integer("status", "disruptionsAllowed")),
            Column.Age,
        ],
    };

    private static Column ReadyShare => Column.Text("Ready", o => Cells.Share(o.Integer("status", "readyReplicas"), o.Integer("spec", "replicas")));

    private static string NodeSelector(JsonObject set) =>
        LabelSelection.Format(new JsonObject { ["matchLabels"] = set.At("spec", "template", "spec", "nodeSelector")?.DeepClone() });

    private static string Controller(JsonObject revision)
    {
        JsonObject? owner = revision.Objects("metadata", "ownerReferences").FirstOrDefault(o => o.Flag("controller"));
        return owner is null ? Cells.None : $"{owner.Text("kind")?.ToLowerInvariant()}.{owner.Text("apiVersion")?.Split('/')[0]}/{owner.Text("name")}";
    }
}
