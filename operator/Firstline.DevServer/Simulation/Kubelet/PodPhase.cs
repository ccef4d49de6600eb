namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary><c>status.phase</c> as the kubelet derives it.</summary>
internal static class PodPhase
{
    public static string Of(PodPlan plan, PodState state)
    {
        bool hasFailedInit = state.InitContainers.Any(c => c.Phase is ContainerPhase.Terminated { ExitCode: not 0 } && plan.RestartPolicy == "Never");
        if (hasFailedInit)
        {
            return "Failed";
        }

        bool isWaiting = state.Containers.Any(c => c.Phase is ContainerPhase.Waiting && c.Last is null);
        if (isWaiting)
        {
            return "Pending";
        }

        bool areOver = state.Containers.All(c => c.Phase is ContainerPhase.Terminated);
        return areOver ? OfEnded(plan, state) : "Running";
    }

    private static string OfEnded(PodPlan plan, PodState state)
    {
        bool haveSucceeded = state.Containers.All(c => c.Phase is ContainerPhase.Terminated { ExitCode: 0 });
        bool restarts = plan.Deletion is null && (plan.RestartPolicy == "Always" || (plan.RestartPolicy == "OnFailure" && !haveSucceeded));
        return restarts ? "Running" : haveSucceeded ? "Succeeded" : "Failed";
    }
}
