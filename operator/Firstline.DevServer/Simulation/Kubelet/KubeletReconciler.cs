using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Cache;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Events;
using Firstline.DevServer.Simulation.Faults;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>The kubelets of all simulated nodes: moves each pod bound to one of them, and writes what became of it.</summary>
internal sealed class KubeletReconciler(Cluster cluster, EventRecorder events, KubeletTiming timing, TimeProvider clock) : IReconciler
{
    private readonly ConcurrentDictionary<NamespacedName, Memory> _memory = new();
    private readonly HungPods _hung = new();
    private readonly PodAddresses _addresses = new(cluster);

    public string Name => "kubelet";

    public IEnumerable<Trigger> Triggers =>
    [
        Trigger.Self(cluster.Pods),
        new Trigger(cluster.ConfigMaps, changed => NamedBy(ContentKind.ConfigMap, changed)),
        new Trigger(cluster.Secrets, changed => NamedBy(ContentKind.Secret, changed)),
        new Trigger(cluster.Nodes, node => cluster.Pods.All().Where(pod => pod.Spec.Text("nodeName") == node.Name && !_memory.ContainsKey(pod.Key)).Select(pod => pod.Key)),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        KubeObject? pod = cluster.Pods.Get(key);
        Memory? known = Recall(key, pod);
        if (pod is null || IsOver(pod) || NodeOf(pod) is not { } node)
        {
            return null;
        }

        PodPlan plan = PodPlanReader.Read(pod, known?.ReplacesHungPod ?? _hung.TakeReplacement(pod.OwnerUid));
        known ??= Remember(pod, plan, node);
        DateTimeOffset now = clock.GetUtcNow();
        Advance<PodState> next = PodMachine.Run(plan, known.State, Contents(pod, plan), timing, now);
        if (known.State.StoppingSince is null && next.State.StoppingSince is not null)
        {
            _hung.Stopped(known.Owner, known.State);
        }

        _memory[key] = known with { State = next.State, Named = [.. ContentView.Named(plan)] };
        await WriteAsync(pod, plan, next, node, now, ct);
        return next.WakeAt - clock.GetUtcNow();
    }

    private Memory? Recall(NamespacedName key, KubeObject? pod)
    {
        if (_memory.TryGetValue(key, out Memory? known) && known.Uid != pod?.Uid)
        {
            _memory.TryRemove(key, out _);
            return null;
        }

        return known;
    }

    private static bool IsOver(KubeObject pod) => pod.Status.Text("phase") is "Succeeded" or "Failed" && !pod.IsDeleting;

    private async Task WriteAsync(KubeObject pod, PodPlan plan, Advance<PodState> next, KubeObject node, DateTimeOffset now, CancellationToken ct)
    {
        foreach (KubeletEvent happened in next.Events)
        {
            events.Record(Kinds.Pod, pod, "kubelet", happened.Type, happened.Reason, happened.Message, happened.FieldPath, node.Name);
        }

        KubeObject? current = await cluster.PatchAsync(Kinds.Pod, pod, PodLogs.Metadata(next.State), ct);
        if (current is not null)
        {
            current = await cluster.PatchStatusAsync(Kinds.Pod, current, PodStatusWriter.Write(current, plan, next.State, NodeNames.HostIp(node), now), ct);
        }

        if (current is not null && next.State.IsStopped)
        {
            await cluster.DeleteAsync(Kinds.Pod, current, graceSeconds: 0, ct);
        }
    }

    private Memory Remember(KubeObject pod, PodPlan plan, KubeObject node)
    {
        string address = _addresses.Next(NodeNames.PodNetwork(node));
        PodState state = PodStateReader.Read(pod, plan, address) ?? PodMachine.Begin(plan, address, clock.GetUtcNow());
        return new Memory(pod.Uid, pod.OwnerUid ?? pod.Uid, plan.IsCuredOfHanging, state, []);
    }

    private KubeObject? NodeOf(KubeObject pod) =>
        pod.Spec.Text("nodeName") is { } name && cluster.Nodes.Get(new NamespacedName("", name)) is { } node && NodeNames.IsSimulated(node) ? node : null;

    private IEnumerable<NamespacedName> NamedBy(ContentKind kind, KubeObject changed) =>
        _memory.Where(known => known.Key.Namespace == changed.Namespace && known.Value.Named.Contains((kind, changed.Name))).Select(known => known.Key);

    private ContentView Contents(KubeObject pod, PodPlan plan)
    {
        ImmutableDictionary<(ContentKind, string), ImmutableDictionary<string, string>>.Builder found =
            ImmutableDictionary.CreateBuilder<(ContentKind, string), ImmutableDictionary<string, string>>();
        foreach ((ContentKind kind, string name) in ContentView.Named(plan))
        {
            ObjectCache cache = kind == ContentKind.Secret ? cluster.Secrets : cluster.ConfigMaps;
            if (cache.Get(new NamespacedName(pod.Namespace, name)) is { } source)
            {
                found[(kind, name)] = source.Root.Members("data").ToImmutableDictionary(m => m.Name, m => Text(kind, m.Value), StringComparer.Ordinal);
            }
        }

        return new ContentView(found.ToImmutable());
    }

    private static string Text(ContentKind kind, JsonElement value) => kind == ContentKind.Secret && value.TryGetBytesFromBase64(out byte[]? bytes)
        ? Encoding.UTF8.GetString(bytes)
        : value.GetString() ?? "";

    private sealed record Memory(
        string Uid, string Owner, bool ReplacesHungPod, PodState State, ImmutableHashSet<(ContentKind Kind, string Name)> Named);
}
