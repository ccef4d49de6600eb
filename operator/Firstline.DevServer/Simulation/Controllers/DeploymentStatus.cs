using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Queue;

namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>Writes the status of a Deployment: counts, and the conditions that <c>kubectl rollout status</c> reads.</summary>
internal sealed class DeploymentStatus(ControllerTools tools)
{
    private static readonly TimeSpan NoDeadline = TimeSpan.FromSeconds(int.MaxValue);

    /// <returns>The wait until the progress deadline; null when none is running.</returns>
    public async Task<TimeSpan?> WriteAsync(KubeObject deployment, ImmutableArray<KubeObject> sets, KubeObject? next, CancellationToken ct)
    {
        int wanted = deployment.Spec.Number("replicas", 1);
        DeploymentProgress.Counts counts = new(
            Sum(sets, "replicas"), next?.Status.Number("replicas") ?? 0, Sum(sets, "readyReplicas"), Sum(sets, "availableReplicas"));
        JsonArray conditions = [Availability(deployment, counts, wanted)];
        if (Progressing(deployment, next, counts, wanted) is { } progressing)
        {
            conditions.Add((JsonNode)progressing);
        }

        if (sets.Select(set => set.Condition("ReplicaFailure")).FirstOrDefault(c => c.Text("status") == "True") is { ValueKind: JsonValueKind.Object } failure)
        {
            conditions.Add((JsonNode)Conditions.WriteUpdated(
                deployment, "ReplicaFailure", "True", failure.Text("reason") ?? "", failure.Text("message") ?? "", tools.Now));
        }

        JsonObject status = new()
        {
            ["observedGeneration"] = deployment.Generation,
            ["replicas"] = counts.Replicas,
            ["updatedReplicas"] = counts.Updated,
            ["readyReplicas"] = counts.Ready,
            ["availableReplicas"] = counts.Available,
            ["unavailableReplicas"] = Math.Max(0, Math.Max(wanted, counts.Replicas) - counts.Available),
            ["conditions"] = conditions,
        };
        KubeObject? written = await tools.Cluster.PatchStatusAsync(Kinds.Deployment, deployment, status, ct);
        return written is null ? null : UntilDeadline(written);
    }

    private JsonObject Availability(KubeObject deployment, DeploymentProgress.Counts counts, int wanted)
    {
        bool isAvailable = counts.Available >= wanted - DeploymentController.MaxUnavailable(deployment);
        return isAvailable
            ? Conditions.WriteUpdated(deployment, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", tools.Now)
            : Conditions.WriteUpdated(deployment, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", tools.Now);
    }

    private JsonObject? Progressing(KubeObject deployment, KubeObject? next, DeploymentProgress.Counts counts, int wanted)
    {
        JsonElement last = deployment.Condition("Progressing");
        DeploymentProgress? before = last.IsMissing() ? null : new DeploymentProgress(last.Text("status")!, last.Text("reason") ?? "", last.Text("message") ?? "");
        DeploymentProgress? now = Decide(deployment, next, counts, wanted, before) ?? before;
        if (now is null)
        {
            return null;
        }

        JsonObject written = Conditions.WriteUpdated(deployment, "Progressing", now.Status, now.Reason, now.Message, tools.Now);
        bool hasMoved = now.Reason == "ReplicaSetUpdated" && counts != Before(deployment);
        if (hasMoved)
        {
            // Progress restarts the deadline although the sentence stays the same.
            written["lastUpdateTime"] = tools.Now.ToTimestamp();
        }

        return written;
    }

    private DeploymentProgress? Decide(
        KubeObject deployment, KubeObject? next, DeploymentProgress.Counts counts, int wanted, DeploymentProgress? before)
    {
        if (deployment.Spec.Flag("paused"))
        {
            return before?.Reason == DeploymentProgress.DeadlineExceeded ? null : new DeploymentProgress("Unknown", "DeploymentPaused", "Deployment is paused");
        }

        if (before?.Reason == "DeploymentPaused")
        {
            return new DeploymentProgress("Unknown", "DeploymentResumed", "Deployment is resumed");
        }

        return next is null ? null : Begun(next, before) ?? Moved(deployment, next, counts, wanted, before);
    }

    /// <summary>What is said when the Deployment turns to another ReplicaSet.</summary>
    private static DeploymentProgress? Begun(KubeObject next, DeploymentProgress? before)
    {
        bool isOther = before is null || (before.Status != "Unknown" && !before.Message.Contains($"\"{next.Name}\"", StringComparison.Ordinal));
        if (!isOther)
        {
            return null;
        }

        return next.Annotation(DeploymentRevisions.History) is not null
            ? new DeploymentProgress("True", "FoundNewReplicaSet", $"Found new replica set \"{next.Name}\"")
            : new DeploymentProgress("True", "NewReplicaSetCreated", $"Created new replica set \"{next.Name}\"");
    }

    private DeploymentProgress? Moved(
        KubeObject deployment, KubeObject next, DeploymentProgress.Counts counts, int wanted, DeploymentProgress? before)
    {
        TimeSpan since = tools.Now - (deployment.Condition("Progressing").Instant("lastUpdateTime") ?? tools.Now);
        return DeploymentProgress.Next(next.Name, wanted, Before(deployment), counts, before, since, Deadline(deployment));
    }

    private TimeSpan? UntilDeadline(KubeObject deployment)
    {
        JsonElement progressing = deployment.Condition("Progressing");
        bool isRunning = progressing.Text("status") == "True" && progressing.Text("reason") != DeploymentProgress.Available && Deadline(deployment) != NoDeadline;
        TimeSpan? left = progressing.Instant("lastUpdateTime") + Deadline(deployment) - tools.Now;
        return isRunning && left is { } wait ? TimeSpan.FromTicks(Math.Max(wait.Ticks, TimeSpan.TicksPerSecond / 10)) : null;
    }

    private static TimeSpan Deadline(KubeObject deployment) => TimeSpan.FromSeconds(deployment.Spec.Number("progressDeadlineSeconds", 600));

    private static DeploymentProgress.Counts Before(KubeObject deployment) => new(
        deployment.Status.Number("replicas"),
        deployment.Status.Number("updatedReplicas"),
        deployment.Status.Number("readyReplicas"),
        deployment.Status.Number("availableReplicas"));

    private static int Sum(ImmutableArray<KubeObject> sets, string count) => sets.Sum(set => set.Status.Number(count));
}
