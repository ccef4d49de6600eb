namespace Firstline.DevServer.Simulation.Controllers;

/// <summary>What a Job does next.</summary>
internal abstract record JobVerdict
{
    private JobVerdict()
    {
    }

    /// <summary>Keep this many pods; when fewer run, make more after the wait.</summary>
    public sealed record Run(int Pods, TimeSpan Wait) : JobVerdict;

    public sealed record Complete(string Message) : JobVerdict;

    public sealed record Fail(string Reason, string Message) : JobVerdict;

    public sealed record Suspend : JobVerdict;

    /// <summary>What a Job's pods amount to.</summary>
    /// <param name="Active">Pods that run or will.</param>
    /// <param name="Succeeded">Pods that did their work.</param>
    /// <param name="Failed">Pods that failed.</param>
    /// <param name="Restarts">Restarts of containers in active pods.</param>
    /// <param name="SinceFailure">Time since the last pod failed.</param>
    internal readonly record struct Tally(int Active, int Succeeded, int Failed, int Restarts, TimeSpan SinceFailure);

    /// <summary>What the spec asks for.</summary>
    /// <param name="Completions">Successes wanted; null when one success ends it.</param>
    /// <param name="Parallelism">Pods at a time.</param>
    /// <param name="BackoffLimit">Failures that are too many.</param>
    /// <param name="Deadline">Time it may take; null for any.</param>
    /// <param name="IsSuspended">Whether it is paused.</param>
    internal sealed record Wanted(int? Completions, int Parallelism, int BackoffLimit, TimeSpan? Deadline, bool IsSuspended);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(6);

    public static JobVerdict Of(Wanted wanted, Tally tally, TimeSpan age, double speed)
    {
        if (tally.Failed > wanted.BackoffLimit || (tally.Restarts > 0 && tally.Restarts >= wanted.BackoffLimit))
        {
            return new Fail("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }

        if (wanted.Deadline <= age && !wanted.IsSuspended)
        {
            return new Fail("DeadlineExceeded", "Job was active longer than specified deadline");
        }

        if (IsComplete(wanted, tally))
        {
            return new Complete("Reached expected number of succeeded pods");
        }

        return wanted.IsSuspended ? new Suspend() : new Run(PodsWanted(wanted, tally), BackOff(tally, speed));
    }

    private static bool IsComplete(Wanted wanted, Tally tally) =>
        wanted.Completions is { } completions ? tally.Succeeded >= completions : tally.Succeeded > 0 && tally.Active == 0;

    private static int PodsWanted(Wanted wanted, Tally tally) => wanted.Completions is { } completions
        ? Math.Min(wanted.Parallelism, completions - tally.Succeeded)
        : tally.Succeeded > 0 ? tally.Active : wanted.Parallelism;

    private static TimeSpan BackOff(Tally tally, double speed)
    {
        if (tally.Failed == 0)
        {
            return TimeSpan.Zero;
        }

        TimeSpan due = TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << Math.Min(tally.Failed - 1, 10), LongestWait.Ticks)) / speed;
        return due > tally.SinceFailure ? due - tally.SinceFailure : TimeSpan.Zero;
    }
}
