using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;
using Firstline.DevServer.Simulation.Scheduler;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Keeps one pod of a DaemonSet on each node that fits.</summary>
internal sealed class DaemonSetController(ControllerTools tools) : IReconciler
{
    private const string Source = "daemonset-controller";

    private static readonly (string Key, string Effect)[] Tolerated =
    [
        ("node.kubernetes.io/not-ready", "NoExecute"),
        ("node.kubernetes.io/unreachable", "NoExecute"),
        ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"),
        ("node.kubernetes.io/pid-pressure", "NoSchedule"),
        ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    private readonly RevisionHistory _history = new(tools);

    public string Name => "daemonset";

    public IEnumerable<Trigger> Triggers =>
    [
        Trigger.Self(tools.Cluster.DaemonSets),
        Trigger.Owner(tools.Cluster.Pods, Kinds.DaemonSet),
        new Trigger(tools.Cluster.Nodes, _ => tools.Cluster.DaemonSets.All().Select(set => set.Key)),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.DaemonSets.Get(key) is not { IsDeleting: false } set || await _history.EnsureAsync(Kinds.DaemonSet, set, ct) is not { } update)
        {
            return null;
        }

        string hash = RevisionHistory.Hash(update);
        ImmutableArray<string> nodes = [.. tools.Cluster.Nodes.All().Where(node => !node.IsDeleting && Fits(set, node)).Select(node => node.Name).Order(StringComparer.Ordinal)];
        DaemonSetPlan.Steps steps = DaemonSetPlan.Next(nodes, Members(set, hash), MaxUnavailable(set, nodes.Length));
        foreach (string node in steps.Create)
        {
            KubeObject created = await tools.Cluster.CreateAsync(Kinds.Pod, set.Namespace, Build(set, node, hash), ct);
            tools.Normal(Kinds.DaemonSet, set, Source, "SuccessfulCreate", $"Created pod: {created.Name}");
        }

        foreach (KubeObject pod in Pods(set).Where(pod => steps.Delete.Contains(pod.Name)))
        {
            await tools.Cluster.DeleteAsync(Kinds.Pod, pod, null, ct);
            tools.Normal(Kinds.DaemonSet, set, Source, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }

        await WriteStatusAsync(set, nodes, hash, ct);
        await _history.TrimAsync(set, [update.Name, .. Pods(set).Select(HashOf)], ct);
        return PodFacts.NextAvailable(Pods(set), set.Spec.Number("minReadySeconds"), tools.Now);
    }

    private ImmutableArray<KubeObject> Pods(KubeObject set) => tools.Cluster.Pods.OwnedBy(set.Uid);

    private ImmutableArray<DaemonSetPlan.Member> Members(KubeObject set, string hash)
    {
        int minReady = set.Spec.Number("minReadySeconds");
        return [.. Pods(set).Select(pod => new DaemonSetPlan.Member(
            pod.Name, NodeOf(pod), HashOf(pod) == hash, PodFacts.IsAvailable(pod, minReady, tools.Now), pod.IsDeleting, PodFacts.IsFinished(pod)))];
    }

    private static bool Fits(KubeObject set, KubeObject node)
    {
        KubeObject pod = new(JsonElement.Parse(Build(set, node.Name, "").ToJsonString()));
        return Placer.FitsAffinity(pod, node)
            && node.Spec.Items("taints").Where(t => t.Text("effect") is "NoSchedule" or "NoExecute").All(taint => Placer.Tolerates(pod, taint));
    }

    private static JsonObject Build(KubeObject set, string node, string hash)
    {
        // A copy by text: nodes that are made from elements cannot be shared between parents.
        JsonObject pod = (JsonObject)JsonNode.Parse(Owner.Pod(Kinds.DaemonSet, set, set.Spec.At("template")).ToJsonString())!;
        pod["metadata"]!["generateName"] = $"{set.Name}-";
        Owner.SetLabel(pod, RevisionHistory.Label, hash);
        JsonArray tolerations = pod["spec"]!["tolerations"] as JsonArray ?? [];
        foreach ((string key, string effect) in Tolerated)
        {
            tolerations.Add((JsonNode)new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = effect });
        }

        pod["spec"]!["tolerations"] = tolerations.DeepClone();
        PinTo(node, (JsonObject)pod["spec"]!);
        return pod;
    }

    /// <summary>Each pod is for one node; the scheduler binds it there.</summary>
    private static void PinTo(string node, JsonObject spec)
    {
        JsonObject field = new() { ["key"] = "metadata.name", ["operator"] = "In", ["values"] = new JsonArray(node) };
        JsonObject affinity = spec["affinity"] as JsonObject ?? [];
        JsonObject ofNode = affinity["nodeAffinity"] as JsonObject ?? [];
        JsonArray terms = ofNode["requiredDuringSchedulingIgnoredDuringExecution"]?["nodeSelectorTerms"] as JsonArray ?? new JsonArray(new JsonObject());
        foreach (JsonObject term in terms.OfType<JsonObject>())
        {
            term["matchFields"] = new JsonArray(field.DeepClone());
        }

        ofNode["requiredDuringSchedulingIgnoredDuringExecution"] = new JsonObject { ["nodeSelectorTerms"] = terms.DeepClone() };
        affinity["nodeAffinity"] = ofNode.DeepClone();
        spec["affinity"] = affinity.DeepClone();
    }

    private Task<KubeObject?> WriteStatusAsync(KubeObject set, ImmutableArray<string> nodes, string hash, CancellationToken ct)
    {
        int minReady = set.Spec.Number("minReadySeconds");
        ImmutableArray<KubeObject> living = [.. Pods(set).Where(PodFacts.IsActive)];
        ImmutableArray<KubeObject> placed = [.. living.Where(pod => nodes.Contains(NodeOf(pod)))];
        int available = placed.Count(pod => PodFacts.IsAvailable(pod, minReady, tools.Now));
        JsonObject status = new()
        {
            ["currentNumberScheduled"] = placed.Select(NodeOf).Distinct().Count(),
            ["desiredNumberScheduled"] = nodes.Length,
            ["numberMisscheduled"] = living.Length - placed.Length,
            ["numberReady"] = placed.Count(PodFacts.IsReady),
            ["updatedNumberScheduled"] = placed.Count(pod => HashOf(pod) == hash),
            ["numberAvailable"] = available,
            ["numberUnavailable"] = nodes.Length - available,
            ["observedGeneration"] = set.Generation,
        };
        return tools.Cluster.PatchStatusAsync(Kinds.DaemonSet, set, status, ct);
    }

    private static int? MaxUnavailable(KubeObject set, int nodes)
    {
        JsonElement limit = set.Spec.At("updateStrategy", "rollingUpdate", "maxUnavailable");
        return set.Spec.Text("updateStrategy", "type") == "OnDelete" ? null : IntOrPercent.Resolve(limit, nodes, MidpointRounding.ToPositiveInfinity, 1);
    }

    private static string HashOf(KubeObject pod) => pod.Labels.GetValueOrDefault(RevisionHistory.Label) ?? "";

    private static string NodeOf(KubeObject pod) => pod.Spec.Text("nodeName") ?? PinnedTo(pod) ?? "";

    private static string? PinnedTo(KubeObject pod) =>
        pod.Spec.Items("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
            .SelectMany(term => term.Items("matchFields"))
            .SelectMany(field => field.Items("values"))
            .Select(value => value.GetString())
            .FirstOrDefault();
}
