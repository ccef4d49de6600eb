using System.Collections.Immutable;
using System.Text.Json;
using Firstline.DevServer.Simulation.Client;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Remembers from a pod's status what a kubelet that was away knew; times within a second are lost.</summary>
internal static class PodStateReader
{
    /// <returns>The state; null when no kubelet has begun with the pod.</returns>
    public static PodState? Read(KubeObject pod, PodPlan plan, string freshIp)
    {
        if (pod.Status.Instant("startTime") is not { } started)
        {
            return null;
        }

        return new PodState
        {
            PodIp = pod.Status.Text("podIP") ?? freshIp,
            StartedAt = started,
            InitContainers = Containers(pod, plan.InitContainers, "initContainerStatuses"),
            Containers = Containers(pod, plan.Containers, "containerStatuses"),
            HasReportedProblems = true,
        };
    }

    private static ImmutableArray<ContainerState> Containers(KubeObject pod, ImmutableArray<ContainerPlan> plans, string field) =>
        [.. plans.Select(plan => Container(pod, plan, pod.Status.Items(field).FirstOrDefault(c => c.Text("name") == plan.Name)))];

    private static ContainerState Container(KubeObject pod, ContainerPlan plan, JsonElement status)
    {
        ContainerState fresh = ContainerState.New(plan.Name, "ContainerCreating");
        ContainerPhase.Terminated? last = Ended(status.At("lastState", "terminated"));
        ContainerPhase phase = Begun(status.At("state")) ?? (last is null
            ? fresh.Phase
            : new ContainerPhase.Waiting(WaitStep.CrashBackOff, "CrashLoopBackOff", status.Text("state", "waiting", "message") ?? "", null));
        bool everStarted = phase is not ContainerPhase.Waiting || last is not null;
        return fresh with
        {
            Phase = phase,
            Image = everStarted ? plan.Image : "",
            RestartCount = status.Number("restartCount"),
            Last = last,
            BackOff = last is null ? TimeSpan.Zero : KubeletTiming.LongestBackOff,
            IsReady = status.Flag("ready") && phase is ContainerPhase.Running,
            IsStarted = status.Flag("started"),
            Log = pod.Annotation(PodLogs.Key(plan.Name)) ?? "",
            PreviousLog = pod.Annotation(PodLogs.PreviousKey(plan.Name)) ?? "",
        };
    }

    private static ContainerPhase? Begun(JsonElement state) => state.Instant("running", "startedAt") is { } at
        ? new ContainerPhase.Running(at)
        : Ended(state.At("terminated"));

    private static ContainerPhase.Terminated? Ended(JsonElement ended) => ended.IsMissing()
        ? null
        : new ContainerPhase.Terminated(
            ended.Number("exitCode"),
            ended.Text("reason") ?? "",
            ended.Text("message") ?? "",
            ended.Instant("startedAt") ?? DateTimeOffset.UnixEpoch,
            ended.Instant("finishedAt") ?? DateTimeOffset.UnixEpoch);
}
