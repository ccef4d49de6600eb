using System.Collections.Immutable;
using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>Asks the probes of a running container. Startup first; readiness and liveness once it has started.</summary>
internal static class ProbeRun
{
    public static Advance<ContainerState> Step(ContainerState state, ContainerPhase.Running running, ContainerFacts facts, ContainerContext context)
    {
        ProbeAnswers answers = new(state, running, facts, context);
        if (!state.IsStarted)
        {
            return context.Plan.Startup is { } startup ? Startup(state, startup, answers, context) : Unchanged(state with { IsStarted = true });
        }

        Advance<ContainerState> alive = context.Plan.Liveness is { } liveness ? Liveness(state, liveness, answers, context) : Unchanged(state);
        if (!alive.State.IsRunning || context.Plan.Readiness is not { } readiness)
        {
            return alive;
        }

        Advance<ContainerState> ready = Readiness(alive.State, readiness, answers, context);
        return ready with { Events = [.. alive.Events, .. ready.Events], WakeAt = ContainerRun.Earliest(alive.WakeAt, ready.WakeAt) };
    }

    private static Advance<ContainerState> Startup(ContainerState state, ProbePlan probe, ProbeAnswers answers, ContainerContext context)
    {
        if (state.Startup.NextAt > context.Now)
        {
            return new Advance<ContainerState>(state, [], state.Startup.NextAt);
        }

        if (answers.ToStartup(probe) is not { } failure)
        {
            ProbeState First(ProbePlan? plan) => new(context.Now + context.Timing.Scale(plan?.InitialDelay ?? TimeSpan.Zero), 0);
            return Unchanged(state with
            {
                IsStarted = true,
                IsReady = context.Plan.Readiness is null,
                Readiness = First(context.Plan.Readiness),
                Liveness = First(context.Plan.Liveness),
            });
        }

        ProbeState next = Failed(state.Startup, probe, context);
        return Failure(state with { Startup = next }, next, probe, "Startup", "startup", failure, context);
    }

    private static Advance<ContainerState> Liveness(ContainerState state, ProbePlan probe, ProbeAnswers answers, ContainerContext context)
    {
        string? failure = answers.ToLiveness(probe);
        if (state.Liveness.NextAt > context.Now)
        {
            return new Advance<ContainerState>(state, [], failure is null ? null : state.Liveness.NextAt);
        }

        if (failure is null)
        {
            return state.Liveness.Failures == 0
                ? new Advance<ContainerState>(state, [], null)
                : Unchanged(state with { Liveness = new ProbeState(Next(probe, context), 0) });
        }

        ProbeState next = Failed(state.Liveness, probe, context);
        return Failure(state with { Liveness = next }, next, probe, "Liveness", "liveness", failure, context);
    }

    private static Advance<ContainerState> Readiness(ContainerState state, ProbePlan probe, ProbeAnswers answers, ContainerContext context)
    {
        string? failure = answers.ToReadiness(probe);
        bool isSettled = failure is null && state.IsReady && state.Readiness.Failures == 0;
        if (isSettled || state.Readiness.NextAt > context.Now)
        {
            return new Advance<ContainerState>(state, [], isSettled ? null : state.Readiness.NextAt);
        }

        if (failure is null)
        {
            return Unchanged(state with { IsReady = true, Readiness = new ProbeState(Next(probe, context), 0) });
        }

        ProbeState next = Failed(state.Readiness, probe, context);
        ContainerState failed = state with { Readiness = next, IsReady = state.IsReady && next.Failures < probe.FailureThreshold };
        return new Advance<ContainerState>(
            failed.Log.Contains(answers.ReadinessLog, StringComparison.Ordinal) ? failed : failed.WithLog(answers.ReadinessLog),
            [context.Warning("Unhealthy", $"Readiness probe failed: {failure}")],
            next.NextAt);
    }

    private static Advance<ContainerState> Failure(
        ContainerState state, ProbeState probed, ProbePlan probe, string title, string name, string failure, ContainerContext context)
    {
        KubeletEvent unhealthy = context.Warning("Unhealthy", $"{title} probe failed: {failure}");
        return probed.Failures < probe.FailureThreshold
            ? new Advance<ContainerState>(state, [unhealthy], probed.NextAt)
            : new Advance<ContainerState>(
                ContainerMachine.End(state, 137, "Error", context.Now),
                [unhealthy, ContainerRun.Killing(context, $"failed {name} probe, will be restarted")],
                null);
    }

    private static ProbeState Failed(ProbeState state, ProbePlan probe, ContainerContext context) => new(Next(probe, context), state.Failures + 1);

    private static DateTimeOffset Next(ProbePlan probe, ContainerContext context) => context.Now + context.Timing.Scale(probe.Period);

    private static Advance<ContainerState> Unchanged(ContainerState state) => new(state, ImmutableArray<KubeletEvent>.Empty, null);
}
