using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>A pod condition that the kubelet writes.</summary>
internal sealed record PodCondition(string Type, string Status, string Reason, string Message)
{
    public static ImmutableArray<PodCondition> Of(PodPlan plan, PodState state, bool hasSandbox)
    {
        ImmutableArray<string> unfinished = [.. state.InitContainers.Where((c, i) => !IsPassed(plan.InitContainers[i], c)).Select(c => c.Name)];
        PodCondition ready = Readiness(plan, state);
        return
        [
            hasSandbox ? True("PodReadyToStartContainers") : new PodCondition("PodReadyToStartContainers", "False", "", ""),
            unfinished.IsEmpty
                ? True("Initialized")
                : new PodCondition("Initialized", "False", "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', unfinished)}]"),
            ready,
            ready with { Type = "ContainersReady" },
            True("PodScheduled"),
        ];
    }

    private static PodCondition Readiness(PodPlan plan, PodState state)
    {
        if (PodPhase.Of(plan, state) == "Succeeded")
        {
            return new PodCondition("Ready", "False", "PodCompleted", "");
        }

        ImmutableArray<string> unready = [.. state.Containers.Where(c => !c.IsReady).Select(c => c.Name)];
        return unready.IsEmpty
            ? True("Ready")
            : new PodCondition("Ready", "False", "ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]");
    }

    private static bool IsPassed(ContainerPlan plan, ContainerState state) =>
        plan.IsSidecar ? state.IsStarted : state.Phase is ContainerPhase.Terminated { ExitCode: 0 };

    private static PodCondition True(string type) => new(type, "True", "", "");
}
