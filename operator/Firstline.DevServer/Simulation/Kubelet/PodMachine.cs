using System.Collections.Immutable;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>The life of one pod on its node as a pure function: volumes, init containers one by one, containers, the end.</summary>
internal static class PodMachine
{
    public static PodState Begin(PodPlan plan, string podIp, DateTimeOffset now)
    {
        string reason = plan.InitContainers.IsEmpty ? "ContainerCreating" : "PodInitializing";
        return new PodState
        {
            PodIp = podIp,
            StartedAt = now,
            InitContainers = [.. plan.InitContainers.Select(c => ContainerState.New(c.Name, reason))],
            Containers = [.. plan.Containers.Select(c => ContainerState.New(c.Name, reason))],
        };
    }

    public static Advance<PodState> Run(PodPlan plan, PodState state, ContentView contents, KubeletTiming timing, DateTimeOffset now)
    {
        PodState known = state.HasReportedProblems ? state : state with { HasReportedProblems = true };
        ImmutableArray<KubeletEvent> problems = state.HasReportedProblems
            ? []
            : [.. plan.Faults.Problems.Select(p => new KubeletEvent("Warning", "SimulationAnnotationInvalid", p, ""))];
        Advance<PodState> next = plan.Deletion is { } grace
            ? Stop(plan, known, timing, grace, now)
            : Mount(plan, known, contents, timing, now) ?? RunContainers(plan, known, contents, timing, now);
        return next with { Events = [.. problems, .. next.Events] };
    }

    private static Advance<PodState>? Mount(PodPlan plan, PodState state, ContentView contents, KubeletTiming timing, DateTimeOffset now)
    {
        bool isMounted = state.AllContainers.Any(c => c.Phase is not ContainerPhase.Waiting { Step: WaitStep.Turn });
        ContentVolume? missing = plan.Volumes.FirstOrDefault(v => !v.Optional && contents.Find(v.Kind, v.Source) is null);
        if (isMounted || missing is null)
        {
            return null;
        }

        if (state.MountRetryAt > now)
        {
            return new Advance<PodState>(state, [], state.MountRetryAt);
        }

        DateTimeOffset retry = now + timing.ConfigRetry;
        string error = $"MountVolume.SetUp failed for volume \"{missing.Name}\" : {Environment.NotFound(missing.Kind, missing.Source)}";
        return new Advance<PodState>(state with { MountRetryAt = retry }, [new KubeletEvent("Warning", "FailedMount", error, "")], retry);
    }

    private static Advance<PodState> RunContainers(PodPlan plan, PodState state, ContentView contents, KubeletTiming timing, DateTimeOffset now)
    {
        ImmutableArray<KubeletEvent>.Builder events = ImmutableArray.CreateBuilder<KubeletEvent>();
        DateTimeOffset? wake = null;
        ContainerState Next(ContainerPlan container, ContainerState before)
        {
            ContainerContext context = new(plan, container, state.PodIp, contents, timing, now);
            Advance<ContainerState> next = ContainerMachine.Run(before, context);
            events.AddRange(next.Events);
            wake = ContainerRun.Earliest(wake, next.WakeAt);
            return next.State;
        }

        ContainerState[] inits = [.. state.InitContainers];
        bool isInitialized = true;
        for (int i = 0; i < inits.Length && isInitialized; i++)
        {
            inits[i] = Next(plan.InitContainers[i], inits[i]);
            isInitialized = IsPassed(plan.InitContainers[i], inits[i]);
        }

        ImmutableArray<ContainerState> containers = isInitialized
            ? [.. state.Containers.Select((container, i) => Next(plan.Containers[i], container))]
            : state.Containers;
        PodState after = state with { InitContainers = [.. inits], Containers = containers, MountRetryAt = null };
        return new Advance<PodState>(after, events.ToImmutable(), wake);
    }

    /// <summary>Whether the next container may start.</summary>
    private static bool IsPassed(ContainerPlan plan, ContainerState state) =>
        plan.IsSidecar ? state.IsStarted || state.RestartCount > 0 : state.Phase is ContainerPhase.Terminated { ExitCode: 0 };

    private static Advance<PodState> Stop(PodPlan plan, PodState state, KubeletTiming timing, TimeSpan grace, DateTimeOffset now)
    {
        bool hangs = state.AllContainers.Any(c => c is { IsHung: true, IsRunning: true });
        TimeSpan needed = hangs || timing.Stop > timing.Scale(grace) ? timing.Scale(grace) : timing.Stop;
        DateTimeOffset since = state.StoppingSince ?? now;
        ImmutableArray<KubeletEvent> events = state.StoppingSince is not null
            ? []
            : [.. state.Containers.Where(c => c.IsRunning).Select(c => new KubeletEvent("Normal", "Killing", $"Stopping container {c.Name}", $"spec.containers{{{c.Name}}}"))];
        bool isOver = since + needed <= now || !state.AllContainers.Any(c => c.IsRunning);
        if (!isOver)
        {
            return new Advance<PodState>(state with { StoppingSince = since }, events, since + needed);
        }

        ContainerState End(ContainerState c) =>
            !c.IsRunning ? c : c.IsHung ? ContainerMachine.End(c, 137, "Error", now) : ContainerMachine.End(c, 0, "Completed", now);
        PodState stopped = state with
        {
            StoppingSince = since,
            IsStopped = true,
            InitContainers = [.. state.InitContainers.Select(End)],
            Containers = [.. state.Containers.Select(End)],
        };
        return new Advance<PodState>(stopped, events, null);
    }
}
