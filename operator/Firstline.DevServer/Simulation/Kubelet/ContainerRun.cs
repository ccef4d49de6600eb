using Firstline.DevServer.Simulation.Faults;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>A running container: does its process end, does it hang, do its probes succeed?</summary>
internal static class ContainerRun
{
    public static Advance<ContainerState> Step(ContainerState state, ContainerPhase.Running running, ContainerContext context)
    {
        ContainerFacts facts = context.Facts(state);
        PlannedExit? exit = EarliestExit(state, running, facts, context);
        if (exit is not null && exit.At <= context.Now)
        {
            return new Advance<ContainerState>(End(state, exit, context), [], null);
        }

        if (state.Image != context.Plan.Image)
        {
            return new Advance<ContainerState>(
                ContainerMachine.End(state, 0, "Completed", context.Now), [Killing(context, "definition changed, will be restarted")], null);
        }

        DateTimeOffset? hangAt = HangAt(state, running, context);
        if (hangAt <= context.Now)
        {
            string log = context.Plan.Faults.First(f => f.Effect is FaultEffect.Hang).Log;
            return new Advance<ContainerState>((state with { IsHung = true }).WithLog(log), [], null);
        }

        Advance<ContainerState> probed = ProbeRun.Step(state, running, facts, context);
        return probed with { WakeAt = Earliest(Earliest(exit?.At, hangAt), probed.WakeAt) };
    }

    public static KubeletEvent Killing(ContainerContext context, string why) => context.Normal("Killing", $"Container {context.Plan.Name} {why}");

    public static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    /// <summary>The first process of a pod hangs, none that was restarted or that replaces it.</summary>
    private static DateTimeOffset? HangAt(ContainerState state, ContainerPhase.Running running, ContainerContext context)
    {
        if (state.IsHung || state.RestartCount > 0 || context.Pod.IsCuredOfHanging)
        {
            return null;
        }

        FaultEffect.Hang? hang = context.Plan.Faults.Where(f => f.Strikes(context.Facts(state))).Select(f => f.Effect).OfType<FaultEffect.Hang>().FirstOrDefault();
        return hang is null ? null : running.StartedAt + context.Timing.Scale(hang.After);
    }

    private static ContainerState End(ContainerState state, PlannedExit exit, ContainerContext context)
    {
        string log = exit.Log.Length > 0 || exit.Reason == "OOMKilled" || exit.Code == 0
            ? exit.Log
            : $"fatal: {context.Plan.Name} ended with exit code {exit.Code}";
        return ContainerMachine.End(state, exit.Code, exit.Reason, context.Now).WithLog(log);
    }

    private static PlannedExit? EarliestExit(ContainerState state, ContainerPhase.Running running, ContainerFacts facts, ContainerContext context)
    {
        IEnumerable<PlannedExit> crashes = context.Plan.Faults.Where(f => f.Strikes(facts)).Select(f => Planned(f, state, running, context)).OfType<PlannedExit>();
        bool endsByItself = context.Plan.IsFinite && !context.Plan.Faults.Any(f => f.Effect is FaultEffect.Exit);
        if (endsByItself)
        {
            crashes = crashes.Append(new PlannedExit(running.StartedAt + context.Timing.Work, 0, "Completed", ""));
        }

        return crashes.MinBy(exit => exit.At);
    }

    private static PlannedExit? Planned(Fault fault, ContainerState state, ContainerPhase.Running running, ContainerContext context)
    {
        // What was right at the start and became wrong in a mounted file ends the process when it reads it.
        bool struckAtStart = state.StartFacts is null || fault.Strikes(state.StartFacts);
        DateTimeOffset from = struckAtStart ? running.StartedAt : context.Now;
        return fault.Effect switch
        {
            FaultEffect.Crash crash when struckAtStart => new PlannedExit(from + context.Timing.Scale(crash.After), crash.ExitCode, crash.Reason, fault.Log),
            FaultEffect.Crash crash => new PlannedExit(from, crash.ExitCode, crash.Reason, fault.Log),
            FaultEffect.Exit done => new PlannedExit(
                running.StartedAt + context.Timing.Scale(done.After), done.ExitCode, done.ExitCode == 0 ? "Completed" : "Error", fault.Log),
            _ => null,
        };
    }

    private sealed record PlannedExit(DateTimeOffset At, int Code, string Reason, string Log);
}
