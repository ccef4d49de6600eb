using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Keeps the numbered pods of a StatefulSet. Volume claims are not made: pods are played without their data.</summary>
internal sealed class StatefulSetController(ControllerTools tools) : IReconciler
{
    private const string Source = "statefulset-controller";

    private readonly RevisionHistory _history = new(tools);

    public string Name => "statefulset";

    public IEnumerable<Trigger> Triggers => [Trigger.Self(tools.Cluster.StatefulSets), Trigger.Owner(tools.Cluster.Pods, Kinds.StatefulSet)];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.StatefulSets.Get(key) is not { IsDeleting: false } set || await _history.EnsureAsync(Kinds.StatefulSet, set, ct) is not { } update)
        {
            return null;
        }

        string current = set.Status.Text("currentRevision") is { Length: > 0 } known && _history.All(set).Any(r => r.Name == known) ? known : update.Name;
        foreach (StatefulSetPlan.Step step in StatefulSetPlan.Next(Wanted(set, current, update.Name), Members(set)))
        {
            await TakeAsync(set, step, ct);
        }

        await WriteStatusAsync(set, current, update.Name, ct);
        ImmutableArray<KubeObject> pods = Pods(set);
        await _history.TrimAsync(set, [current, update.Name, .. pods.Select(RevisionOf)], ct);
        return PodFacts.NextAvailable(pods, set.Spec.Number("minReadySeconds"), tools.Now);
    }

    private ImmutableArray<KubeObject> Pods(KubeObject set) => tools.Cluster.Pods.OwnedBy(set.Uid);

    private static StatefulSetPlan.Wanted Wanted(KubeObject set, string current, string update)
    {
        bool isRolling = set.Spec.Text("updateStrategy", "type") != "OnDelete";
        return new StatefulSetPlan.Wanted(
            set.Spec.At("ordinals").Number("start"),
            set.Spec.Number("replicas", 1),
            set.Spec.Text("podManagementPolicy") != "Parallel",
            isRolling ? set.Spec.At("updateStrategy", "rollingUpdate").Number("partition") : null,
            current,
            update);
    }

    private ImmutableArray<StatefulSetPlan.Member> Members(KubeObject set)
    {
        int minReady = set.Spec.Number("minReadySeconds");
        return [.. Pods(set).Select(pod => new StatefulSetPlan.Member(
            OrdinalOf(pod), RevisionOf(pod), PodFacts.IsAvailable(pod, minReady, tools.Now) && !pod.IsDeleting, pod.IsDeleting, PodFacts.IsFinished(pod)))];
    }

    private async Task TakeAsync(KubeObject set, StatefulSetPlan.Step step, CancellationToken ct)
    {
        switch (step)
        {
            case StatefulSetPlan.Step.Create create:
                KubeObject created = await tools.Cluster.CreateAsync(Kinds.Pod, set.Namespace, Build(set, create), ct);
                tools.Normal(Kinds.StatefulSet, set, Source, "SuccessfulCreate", $"create Pod {created.Name} in StatefulSet {set.Name} successful");
                break;
            case StatefulSetPlan.Step.Delete delete when Pods(set).FirstOrDefault(pod => OrdinalOf(pod) == delete.Ordinal) is { } pod:
                await tools.Cluster.DeleteAsync(Kinds.Pod, pod, null, ct);
                tools.Normal(Kinds.StatefulSet, set, Source, "SuccessfulDelete", $"delete Pod {pod.Name} in StatefulSet {set.Name} successful");
                break;
        }
    }

    private JsonObject Build(KubeObject set, StatefulSetPlan.Step.Create step)
    {
        KubeObject? revision = _history.All(set).FirstOrDefault(r => r.Name == step.Revision);
        JsonElement template = revision is null ? set.Spec.At("template") : RevisionHistory.Template(revision);
        string name = string.Create(CultureInfo.InvariantCulture, $"{set.Name}-{step.Ordinal}");
        JsonObject pod = Owner.Pod(Kinds.StatefulSet, set, template);
        pod["metadata"]!["name"] = name;
        pod["spec"]!["hostname"] = name;
        if (set.Spec.Text("serviceName") is { Length: > 0 } service)
        {
            pod["spec"]!["subdomain"] = service;
        }

        Owner.SetLabel(pod, RevisionHistory.Label, step.Revision);
        Owner.SetLabel(pod, "statefulset.kubernetes.io/pod-name", name);
        Owner.SetLabel(pod, "apps.kubernetes.io/pod-index", step.Ordinal.ToString(CultureInfo.InvariantCulture));
        return pod;
    }

    private Task<KubeObject?> WriteStatusAsync(KubeObject set, string current, string update, CancellationToken ct)
    {
        ImmutableArray<KubeObject> pods = Pods(set);
        ImmutableArray<KubeObject> living = [.. pods.Where(pod => !pod.IsDeleting)];
        int minReady = set.Spec.Number("minReadySeconds");
        int wanted = set.Spec.Number("replicas", 1);
        int updated = living.Count(pod => RevisionOf(pod) == update);
        bool isDone = updated == wanted && pods.Length == wanted && living.All(PodFacts.IsReady);
        string now = isDone ? update : current;
        JsonObject status = new()
        {
            ["replicas"] = pods.Length,
            ["readyReplicas"] = living.Count(PodFacts.IsReady),
            ["availableReplicas"] = living.Count(pod => PodFacts.IsAvailable(pod, minReady, tools.Now)),
            ["currentReplicas"] = living.Count(pod => RevisionOf(pod) == now),
            ["updatedReplicas"] = updated,
            ["currentRevision"] = now,
            ["updateRevision"] = update,
            ["observedGeneration"] = set.Generation,
            ["collisionCount"] = 0,
        };
        return tools.Cluster.PatchStatusAsync(Kinds.StatefulSet, set, status, ct);
    }

    private static string RevisionOf(KubeObject pod) => pod.Labels.GetValueOrDefault(RevisionHistory.Label) ?? "";

    private static int OrdinalOf(KubeObject pod) =>
        int.TryParse(pod.Name[(pod.Name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal) ? ordinal : -1;
}
