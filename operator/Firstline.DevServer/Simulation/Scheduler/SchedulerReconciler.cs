using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Scheduler;

/// <summary>Binds pods to nodes, one at a time; a pod that fits nowhere says why and is tried again when something changes.</summary>
internal sealed class SchedulerReconciler(ControllerTools tools) : IReconciler
{
    private const string Source = "default-scheduler";
    private static readonly NamespacedName Everything = new("", "pending");

    /// <summary>Pods bound a moment ago, until the watch tells of it.</summary>
    private readonly Dictionary<string, string> _assumed = [];

    public string Name => "scheduler";

    public IEnumerable<Trigger> Triggers =>
    [
        new Trigger(tools.Cluster.Pods, pod => IsPending(pod) || pod.IsDeleting || PodFacts.IsFinished(pod) ? [Everything] : []),
        new Trigger(tools.Cluster.Nodes, _ => [Everything]),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        ImmutableArray<KubeObject> pods = tools.Cluster.Pods.All();
        ImmutableHashSet<string> present = [.. pods.Select(pod => pod.Uid)];
        foreach (string gone in _assumed.Keys.Where(uid => !present.Contains(uid)).ToArray())
        {
            _assumed.Remove(gone);
        }

        foreach (KubeObject pod in pods.Where(IsPending).OrderBy(pod => pod.CreatedAt).ThenBy(pod => pod.Name, StringComparer.Ordinal))
        {
            if (!_assumed.ContainsKey(pod.Uid))
            {
                await ScheduleAsync(pod, ct);
            }
        }

        return null;
    }

    private async Task ScheduleAsync(KubeObject pod, CancellationToken ct)
    {
        ImmutableArray<KubeObject> placed = [.. tools.Cluster.Pods.All().Where(p => NodeOf(p) is not null && !PodFacts.IsFinished(p))];
        ImmutableArray<NodeView> nodes = [.. tools.Cluster.Nodes.All().Where(n => !n.IsDeleting).Select(node => View(node, placed))];
        Dictionary<string, int> siblings = placed
            .Where(p => p.OwnerUid is not null && p.OwnerUid == pod.OwnerUid && !p.IsDeleting)
            .GroupBy(p => NodeOf(p)!)
            .ToDictionary(group => group.Key, group => group.Count());
        switch (Placer.Place(pod, nodes, siblings))
        {
            case Placement.On on:
                await tools.Cluster.BindAsync(pod, on.Node, ct);
                _assumed[pod.Uid] = on.Node;
                tools.Normal(Kinds.Pod, pod, Source, "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {on.Node}");
                break;
            case Placement.Nowhere nowhere:
                await ReportAsync(pod, nowhere.Message, ct);
                break;
        }
    }

    private async Task ReportAsync(KubeObject pod, string message, CancellationToken ct)
    {
        if (pod.Condition("PodScheduled").Text("message") == message)
        {
            return;
        }

        JsonObject status = new()
        {
            ["conditions"] = new JsonArray(Conditions.Write(pod, "PodScheduled", "False", "Unschedulable", message, tools.Now)),
        };
        await tools.Cluster.PatchStatusAsync(Kinds.Pod, pod, status, ct);
        tools.Warning(Kinds.Pod, pod, Source, "FailedScheduling", message);
    }

    private NodeView View(KubeObject node, ImmutableArray<KubeObject> placed)
    {
        ImmutableArray<KubeObject> here = [.. placed.Where(pod => NodeOf(pod) == node.Name)];
        Resources free = Resources.Read(node.Status.At("allocatable"));
        foreach (KubeObject pod in here)
        {
            free -= Resources.OfPod(pod.Spec);
        }

        int most = (int)(Values.Quantity.Parse(node.Status.Text("allocatable", "pods")) ?? 110);
        return new NodeView(node, free, most - here.Length);
    }

    private string? NodeOf(KubeObject pod) => pod.Spec.Text("nodeName") ?? _assumed.GetValueOrDefault(pod.Uid);

    private static bool IsPending(KubeObject pod) =>
        pod.Spec.Text("nodeName") is null && PodFacts.IsActive(pod) && (pod.Spec.Text("schedulerName") ?? Source) == Source && !pod.Spec.Items("schedulingGates").Any();
}
