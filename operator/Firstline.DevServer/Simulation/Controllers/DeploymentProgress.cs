
namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>What a Deployment's <c>Progressing</c> condition says next.</summary>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">CamelCase reason.</param>
/// <param name="Message">One sentence.</param>
internal sealed record DeploymentProgress(string Status, string Reason, string Message)
{
    public const string Available = "NewReplicaSetAvailable";
    public const string DeadlineExceeded = "ProgressDeadlineExceeded";

    /// <summary>Counts of a Deployment's status.</summary>
    internal readonly record struct Counts(int Replicas, int Updated, int Ready, int Available);

    /// <summary>Whether all wanted pods are new and serve.</summary>
    public static bool IsComplete(int wanted, Counts now) => now.Updated == wanted && now.Replicas == wanted && now.Available == wanted;

    /// <param name="name">Name of the new ReplicaSet.</param>
    /// <param name="wanted">Replicas that the spec asks for.</param>
    /// <param name="before">Counts of the last status.</param>
    /// <param name="now">Counts now.</param>
    /// <param name="last">The condition so far; null for none.</param>
    /// <param name="sinceUpdate">Time since it was last updated.</param>
    /// <param name="deadline"><c>progressDeadlineSeconds</c>.</param>
    /// <returns>The condition; null to leave it as it is.</returns>
    public static DeploymentProgress? Next(
        string name, int wanted, Counts before, Counts now, DeploymentProgress? last, TimeSpan sinceUpdate, TimeSpan deadline)
    {
        // A rollout that was complete stays so when its pods fail later: the deadline is a rollout's.
        bool wasComplete = last?.Reason == Available && now.Replicas == now.Updated;
        if (wasComplete)
        {
            return null;
        }

        if (IsComplete(wanted, now))
        {
            return new DeploymentProgress("True", Available, $"ReplicaSet \"{name}\" has successfully progressed.");
        }

        if (HasMoved(before, now))
        {
            return new DeploymentProgress("True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing.");
        }

        bool isTimed = last is not null && last.Status == "True";
        return isTimed && sinceUpdate >= deadline
            ? new DeploymentProgress("False", DeadlineExceeded, $"ReplicaSet \"{name}\" has timed out progressing.")
            : null;
    }

    private static bool HasMoved(Counts before, Counts now) =>
        now.Updated > before.Updated || now.Replicas - now.Updated < before.Replicas - before.Updated || now.Ready > before.Ready || now.Available > before.Available;
}
