using System.Collections.Immutable;
using System.Diagnostics;
using Firstline.DevServer.Simulation.Client;
using Firstline.DevServer.Simulation.Faults;
using Firstline.DevServer.Simulation.Values;

namespace Firstline.DevServer.Simulation.Kubelet;

/// <summary>The life of one container as a pure function of its state and the time: pull, create, run, end, wait, again.</summary>
internal static class ContainerMachine
{
    /// <summary>More steps than one moment can hold; a bound against a loop without time.</summary>
    private const int MostSteps = 16;

    public static Advance<ContainerState> Run(ContainerState state, ContainerContext context)
    {
        ImmutableArray<KubeletEvent>.Builder events = ImmutableArray.CreateBuilder<KubeletEvent>();
        DateTimeOffset? wake = null;
        for (int step = 0; step < MostSteps; step++)
        {
            Advance<ContainerState> next = Step(state, context);
            events.AddRange(next.Events);
            wake = next.WakeAt;
            bool isSettled = next.State == state;
            state = next.State;
            if (isSettled)
            {
                break;
            }
        }

        return new Advance<ContainerState>(state, events.ToImmutable(), wake);
    }

    /// <summary>Ends the process; what it logged last stays readable.</summary>
    public static ContainerState End(ContainerState state, int exitCode, string reason, DateTimeOffset now)
    {
        DateTimeOffset started = state.Phase is ContainerPhase.Running running ? running.StartedAt : now;
        return state with
        {
            Phase = new ContainerPhase.Terminated(exitCode, reason, "", started, now),
            IsReady = false,
            IsStarted = false,
        };
    }

    private static Advance<ContainerState> Step(ContainerState state, ContainerContext context) => state.Phase switch
    {
        ContainerPhase.Waiting waiting => Wait(state, waiting, context),
        ContainerPhase.Running running => ContainerRun.Step(state, running, context),
        ContainerPhase.Terminated ended => AfterEnd(state, ended, context),
        _ => throw new UnreachableException(),
    };

    private static Advance<ContainerState> Wait(ContainerState state, ContainerPhase.Waiting waiting, ContainerContext context)
    {
        // A missing ConfigMap may have come meanwhile: look at each occasion, complain only when it is time.
        if (waiting.Step == WaitStep.Config && Resolve(context).Error is null)
        {
            return Create(state, context);
        }

        if (waiting.Until > context.Now)
        {
            return new Advance<ContainerState>(state, [], waiting.Until);
        }

        return waiting.Step switch
        {
            WaitStep.Turn => BeginPull(state, context),
            WaitStep.Pull => EndPull(state, context),
            WaitStep.PullFailed => BackOffPull(state, waiting, context),
            WaitStep.PullBackOff => BeginPull(state, context),
            WaitStep.Config or WaitStep.CrashBackOff => Create(state, context),
            _ => throw new UnreachableException(),
        };
    }

    private static Advance<ContainerState> BeginPull(ContainerState state, ContainerContext context)
    {
        string reason = state.Phase is ContainerPhase.Waiting { Step: WaitStep.Turn } first ? first.Reason : "ContainerCreating";
        return Moved(
            Waiting(state, WaitStep.Pull, reason, "", context.Now + context.Timing.Pull),
            context.Normal("Pulling", $"Pulling image \"{context.Plan.Image}\""));
    }

    private static Advance<ContainerState> EndPull(ContainerState state, ContainerContext context)
    {
        string image = context.Plan.Image;
        ContainerFacts facts = Environment.Facts(context.Plan, null, Resolve(context).Variables, context.Contents);
        Fault? fault = context.Plan.Faults.FirstOrDefault(f => f.Effect is FaultEffect.Unpullable && f.Strikes(facts));
        if (fault?.Effect is FaultEffect.Unpullable unpullable)
        {
            string error = ImageNames.PullFailure(image, unpullable.Error);
            return Moved(
                Waiting(state, WaitStep.PullFailed, "ErrImagePull", error, context.Now + context.Timing.Sync),
                context.Warning("Failed", $"Failed to pull image \"{image}\": {error}"),
                context.Warning("Failed", "Error: ErrImagePull"));
        }

        Advance<ContainerState> created = Create(state with { PullBackOff = TimeSpan.Zero }, context);
        KubeletEvent pulled = context.Normal("Pulled", $"Successfully pulled image \"{image}\" in 1s (1s including waiting). Image size: 52428800 bytes.");
        return created with { Events = created.Events.Insert(0, pulled) };
    }

    private static Advance<ContainerState> BackOffPull(ContainerState state, ContainerPhase.Waiting failed, ContainerContext context)
    {
        TimeSpan wait = KubeletTiming.NextBackOff(state.PullBackOff);
        string message = $"Back-off pulling image \"{context.Plan.Image}\"";
        return Moved(
            Waiting(state with { PullBackOff = wait }, WaitStep.PullBackOff, "ImagePullBackOff", $"{message}: ErrImagePull: {failed.Message}",
                context.Now + context.Timing.Scale(wait)),
            context.Normal("BackOff", message),
            context.Warning("Failed", "Error: ImagePullBackOff"));
    }

    private static Advance<ContainerState> Create(ContainerState state, ContainerContext context)
    {
        (ImmutableDictionary<string, string> variables, string? error) = Resolve(context);
        if (error is not null)
        {
            return Moved(
                Waiting(state, WaitStep.Config, "CreateContainerConfigError", error, context.Now + context.Timing.ConfigRetry),
                context.Warning("Failed", $"Error: {error}"));
        }

        ContainerPlan plan = context.Plan;
        ContainerState begun = state with
        {
            Phase = new ContainerPhase.Running(context.Now),
            Image = plan.Image,
            RestartCount = state.Last is null ? state.RestartCount : state.RestartCount + 1,
            IsStarted = plan.Startup is null,
            IsReady = plan.Startup is null && plan.Readiness is null,
            IsHung = false,
            Startup = First(plan.Startup, context),
            Readiness = First(plan.Readiness, context),
            Liveness = First(plan.Liveness, context),
            StartFacts = Environment.Facts(plan, null, variables, context.Contents),
            PreviousLog = state.Log.Length > 0 ? state.Log : state.PreviousLog,
            Log = "",
        };
        return Moved(
            begun.WithLog($"{context.Now.ToTimestamp()} {plan.Name} started from image {plan.Image}"),
            context.Normal("Created", $"Created container: {plan.Name}"),
            context.Normal("Started", $"Started container {plan.Name}"));
    }

    private static Advance<ContainerState> AfterEnd(ContainerState state, ContainerPhase.Terminated ended, ContainerContext context)
    {
        bool restarts = context.Plan.RestartPolicy == "Always" || (context.Plan.RestartPolicy == "OnFailure" && ended.ExitCode != 0);
        if (!restarts)
        {
            return new Advance<ContainerState>(state, [], null);
        }

        DateTimeOffset look = ended.FinishedAt + context.Timing.Sync;
        if (look > context.Now)
        {
            return new Advance<ContainerState>(state, [], look);
        }

        bool ranLong = ended.FinishedAt - ended.StartedAt >= context.Timing.BackOffReset;
        TimeSpan due = ranLong ? TimeSpan.Zero : state.BackOff;
        ContainerState next = state with { Last = ended, BackOff = KubeletTiming.NextBackOff(due) };
        return due == TimeSpan.Zero ? Restart(next, context) : BackOff(next, ended, due, context);
    }

    private static Advance<ContainerState> Restart(ContainerState state, ContainerContext context)
    {
        Advance<ContainerState> created = Create(state, context);
        return created with { Events = created.Events.Insert(0, context.Normal("Pulled", AlreadyPresent(context))) };
    }

    private static Advance<ContainerState> BackOff(ContainerState state, ContainerPhase.Terminated ended, TimeSpan due, ContainerContext context)
    {
        string pod = $"{context.Pod.Key.Name}_{context.Pod.Key.Namespace}({context.Pod.Uid})";
        return Moved(
            Waiting(state, WaitStep.CrashBackOff, "CrashLoopBackOff",
                $"back-off {GoDuration.Format(due)} restarting failed container={context.Plan.Name} pod={pod}",
                ended.FinishedAt + context.Timing.Scale(due)),
            context.Warning("BackOff", $"Back-off restarting failed container {context.Plan.Name} in pod {pod}"));
    }

    private static string AlreadyPresent(ContainerContext context) =>
        $"Container image \"{context.Plan.Image}\" already present on machine";

    private static ProbeState First(ProbePlan? probe, ContainerContext context) =>
        probe is null ? default : new ProbeState(context.Now + context.Timing.FirstAnswer + context.Timing.Scale(probe.InitialDelay), 0);

    private static ContainerState Waiting(ContainerState state, WaitStep step, string reason, string message, DateTimeOffset until) =>
        state with { Phase = new ContainerPhase.Waiting(step, reason, message, until) };

    private static (ImmutableDictionary<string, string> Variables, string? Error) Resolve(ContainerContext context) =>
        Environment.Resolve(context.Plan, context.Pod.Key.Namespace, context.Contents);

    private static Advance<ContainerState> Moved(ContainerState state, params ImmutableArray<KubeletEvent> events) => new(state, events, null);
}
