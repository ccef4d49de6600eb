using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.Api.Meta;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Rolls a Deployment's pods from one template to the next by scaling its ReplicaSets.</summary>
internal sealed class DeploymentController(ControllerTools tools) : IReconciler
{
    private const string Source = "deployment-controller";

    private readonly DeploymentStatus _status = new(tools);

    public string Name => "deployment";

    public IEnumerable<Trigger> Triggers =>
    [
        Trigger.Self(tools.Cluster.Deployments),
        Trigger.Owner(tools.Cluster.ReplicaSets, Kinds.Deployment),
        new Trigger(tools.Cluster.Pods, OfPod),
    ];

    public async Task<TimeSpan?> ReconcileAsync(NamespacedName key, CancellationToken ct)
    {
        if (tools.Cluster.Deployments.Get(key) is not { } deployment)
        {
            return null;
        }

        if (!deployment.IsDeleting)
        {
            await AdvanceAsync(deployment, ct);
        }

        ImmutableArray<KubeObject> sets = Sets(deployment);
        KubeObject current = tools.Cluster.Deployments.Get(key) ?? deployment;
        return await _status.WriteAsync(current, sets, DeploymentRevisions.FindNew(current, sets), ct);
    }

    private ImmutableArray<KubeObject> Sets(KubeObject deployment) => [.. tools.Cluster.ReplicaSets.OwnedBy(deployment.Uid).Where(set => !set.IsDeleting)];

    private async Task AdvanceAsync(KubeObject deployment, CancellationToken ct)
    {
        bool isPaused = deployment.Spec.Flag("paused");
        bool isRecreate = deployment.Spec.Text("strategy", "type") == "Recreate";
        ImmutableArray<KubeObject> sets = Sets(deployment);
        KubeObject? next = DeploymentRevisions.FindNew(deployment, sets);
        ImmutableArray<KubeObject> old = [.. sets.Where(set => set != next).OrderBy(set => set.CreatedAt).ThenBy(DeploymentRevisions.Of)];
        if (isPaused || IsScaled(deployment, sets))
        {
            await ShareAsync(deployment, next, old, ct);
        }
        else if (isRecreate)
        {
            await RecreateAsync(deployment, next, old, ct);
        }
        else
        {
            await RollAsync(deployment, next, old, ct);
        }

        int limit = deployment.Spec.Number("revisionHistoryLimit", 10);
        foreach (KubeObject outdated in isPaused ? [] : DeploymentRevisions.Outdated(old, limit))
        {
            await tools.Cluster.DeleteAsync(Kinds.ReplicaSet, outdated, null, ct);
        }
    }

    private async Task RollAsync(KubeObject deployment, KubeObject? found, ImmutableArray<KubeObject> old, CancellationToken ct)
    {
        int wanted = Wanted(deployment);
        (int surge, int unavailable) = Limits(deployment);
        if (await EnsureNewAsync(deployment, found, old, ct) is not { } next)
        {
            return;
        }

        ImmutableArray<RollingUpdate.Set> before = [.. old.Select(AsSet)];
        int up = RollingUpdate.ScaleUp(AsSet(next), before, wanted, surge);
        if (up != next.Spec.Number("replicas", 1))
        {
            await ScaleAsync(deployment, next, up, ct);
            return;
        }

        ImmutableArray<RollingUpdate.Set> after = RollingUpdate.ScaleDown(AsSet(next), before, wanted, unavailable);
        for (int i = 0; i < after.Length; i++)
        {
            await ScaleAsync(deployment, old[i], after[i].Replicas, ct);
        }
    }

    private async Task RecreateAsync(KubeObject deployment, KubeObject? found, ImmutableArray<KubeObject> old, CancellationToken ct)
    {
        bool hadPods = false;
        foreach (KubeObject set in old)
        {
            hadPods |= tools.Cluster.Pods.OwnedBy(set.Uid).Any(pod => !PodFacts.IsFinished(pod));
            await ScaleAsync(deployment, set, 0, ct);
        }

        if (!hadPods && await EnsureNewAsync(deployment, found, old, ct) is { } next)
        {
            await ScaleAsync(deployment, next, Wanted(deployment), ct);
        }
    }

    /// <summary>A changed number of replicas while a rollout is under way or paused: every ReplicaSet with pods takes its share.</summary>
    private async Task ShareAsync(KubeObject deployment, KubeObject? next, ImmutableArray<KubeObject> old, CancellationToken ct)
    {
        ImmutableArray<KubeObject> active = [.. old.Where(set => set.Spec.Number("replicas", 1) > 0)];
        int wanted = Wanted(deployment);
        if (next is not null && (active.IsEmpty || next.Spec.Number("replicas", 1) > 0))
        {
            active = active.Add(next);
        }

        if (active.Length <= 1)
        {
            foreach (KubeObject only in active)
            {
                await ScaleAsync(deployment, only, wanted, ct);
            }

            return;
        }

        active = [.. active.OrderByDescending(set => set.Spec.Number("replicas", 1)).ThenByDescending(set => set.CreatedAt)];
        int total = wanted == 0 ? 0 : wanted + (deployment.Spec.Text("strategy", "type") == "Recreate" ? 0 : Limits(deployment).Surge);
        ImmutableArray<RollingUpdate.Set> shared = RollingUpdate.Share([.. active.Select(AsSet)], total);
        for (int i = 0; i < shared.Length; i++)
        {
            await ScaleAsync(deployment, active[i], shared[i].Replicas, ct);
        }
    }

    /// <summary>The new ReplicaSet with the right revision: an old one with the same template, or a fresh one.</summary>
    private async Task<KubeObject?> EnsureNewAsync(KubeObject deployment, KubeObject? found, ImmutableArray<KubeObject> old, CancellationToken ct)
    {
        string revision = DeploymentRevisions.Next(found, old).ToString(CultureInfo.InvariantCulture);
        KubeObject? next = found is null ? await CreateAsync(deployment, old, revision, ct) : await RenewAsync(deployment, found, revision, ct);
        if (next is not null)
        {
            JsonObject annotations = new() { [DeploymentRevisions.Revision] = next.Annotation(DeploymentRevisions.Revision) };
            await tools.Cluster.PatchAsync(Kinds.Deployment, deployment, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } }, ct);
        }

        return next;
    }

    private async Task<KubeObject?> CreateAsync(KubeObject deployment, ImmutableArray<KubeObject> old, string revision, CancellationToken ct)
    {
        JsonElement template = deployment.Spec.At("template");
        string hash = TemplateHash.Of(template, deployment.Status.Number("collisionCount"));
        int surge = Limits(deployment).Surge;
        int replicas = RollingUpdate.ScaleUp(new RollingUpdate.Set("", 0, 0), [.. old.Select(AsSet)], Wanted(deployment), surge);
        JsonObject built = DeploymentReplicaSet.Build(deployment, hash, replicas);
        Annotate(deployment, built, revision);
        try
        {
            KubeObject created = await tools.Cluster.CreateAsync(Kinds.ReplicaSet, deployment.Namespace, built, ct);
            tools.Normal(Kinds.Deployment, deployment, Source, "ScalingReplicaSet", $"Scaled up replica set {created.Name} from 0 to {replicas}");
            return created;
        }
        catch (ApiException taken) when (taken.IsAlreadyExists)
        {
            return await CollideAsync(deployment, $"{deployment.Name}-{hash}", taken, ct);
        }
    }

    /// <summary>The name is taken: by our own ReplicaSet that the watch has not told of yet, or by another template with the same hash.</summary>
    private async Task<KubeObject?> CollideAsync(KubeObject deployment, string name, ApiException taken, CancellationToken ct)
    {
        KubeObject? other = tools.Cluster.ReplicaSets.Get(new NamespacedName(deployment.Namespace, name));
        if (other is null || other.OwnerUid == deployment.Uid)
        {
            throw taken;
        }

        JsonObject status = new() { ["collisionCount"] = deployment.Status.Number("collisionCount") + 1 };
        await tools.Cluster.PatchStatusAsync(Kinds.Deployment, deployment, status, ct);
        return null;
    }

    private async Task<KubeObject?> RenewAsync(KubeObject deployment, KubeObject next, string revision, CancellationToken ct)
    {
        JsonObject desired = new() { ["metadata"] = new JsonObject() };
        Annotate(deployment, desired, revision);
        string? before = next.Annotation(DeploymentRevisions.Revision);
        if (before is not null && before != revision)
        {
            string? history = next.Annotation(DeploymentRevisions.History);
            Owner.SetAnnotation(desired, DeploymentRevisions.History, history is null ? before : $"{history},{before}");
        }

        return await tools.Cluster.PatchAsync(Kinds.ReplicaSet, next, desired, ct);
    }

    private static void Annotate(KubeObject deployment, JsonObject built, string revision)
    {
        foreach ((string name, string value) in DeploymentRevisions.Copied(deployment))
        {
            Owner.SetAnnotation(built, name, value);
        }

        int wanted = Wanted(deployment);
        Owner.SetAnnotation(built, DeploymentRevisions.Revision, revision);
        Owner.SetAnnotation(built, DeploymentRevisions.Desired, wanted.ToString(CultureInfo.InvariantCulture));
        Owner.SetAnnotation(built, DeploymentRevisions.Max, (wanted + Limits(deployment).Surge).ToString(CultureInfo.InvariantCulture));
    }

    private async Task ScaleAsync(KubeObject deployment, KubeObject set, int replicas, CancellationToken ct)
    {
        int before = set.Spec.Number("replicas", 1);
        int wanted = Wanted(deployment);
        JsonObject desired = new() { ["metadata"] = new JsonObject() };
        Owner.SetAnnotation(desired, DeploymentRevisions.Desired, wanted.ToString(CultureInfo.InvariantCulture));
        Owner.SetAnnotation(desired, DeploymentRevisions.Max, (wanted + Limits(deployment).Surge).ToString(CultureInfo.InvariantCulture));
        if (replicas != before)
        {
            desired["spec"] = new JsonObject { ["replicas"] = replicas };
        }

        KubeObject? scaled = await tools.Cluster.PatchAsync(Kinds.ReplicaSet, set, desired, ct);
        if (scaled is not null && replicas != before)
        {
            string direction = replicas > before ? "up" : "down";
            tools.Normal(Kinds.Deployment, deployment, Source, "ScalingReplicaSet", $"Scaled {direction} replica set {set.Name} from {before} to {replicas}");
        }
    }

    /// <summary>Whether the wanted number changed since the ReplicaSets were last scaled.</summary>
    private static bool IsScaled(KubeObject deployment, ImmutableArray<KubeObject> sets) => sets.Any(set =>
        set.Spec.Number("replicas", 1) > 0
        && int.TryParse(set.Annotation(DeploymentRevisions.Desired), NumberStyles.None, CultureInfo.InvariantCulture, out int desired)
        && desired != Wanted(deployment));

    private static int Wanted(KubeObject deployment) => deployment.Spec.Number("replicas", 1);

    private static (int Surge, int Unavailable) Limits(KubeObject deployment)
    {
        if (deployment.Spec.Text("strategy", "type") == "Recreate")
        {
            return (0, 0);
        }

        JsonElement rolling = deployment.Spec.At("strategy", "rollingUpdate");
        int wanted = Wanted(deployment);
        int quarterUp = (int)Math.Ceiling(wanted * 0.25);
        return RollingUpdate.Limits(
            IntOrPercent.Resolve(rolling.At("maxSurge"), wanted, MidpointRounding.ToPositiveInfinity, quarterUp),
            IntOrPercent.Resolve(rolling.At("maxUnavailable"), wanted, MidpointRounding.ToZero, wanted / 4));
    }

    internal static int MaxUnavailable(KubeObject deployment) => Limits(deployment).Unavailable;

    private static RollingUpdate.Set AsSet(KubeObject set) => new(set.Name, set.Spec.Number("replicas", 1), set.Status.Number("availableReplicas"));

    private IEnumerable<NamespacedName> OfPod(KubeObject pod)
    {
        // Recreate waits for the last old pod to go.
        KubeObject? set = pod.OwnerKind == "ReplicaSet" && pod.OwnerName is { } name ? tools.Cluster.ReplicaSets.Get(new NamespacedName(pod.Namespace, name)) : null;
        return set?.OwnerName is { } deployment && pod.IsDeleting ? [new NamespacedName(pod.Namespace, deployment)] : [];
    }
}
