using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds containers that keep ending and being started again.</summary>
/// <remarks>
/// <para>It fires the moment a kubelet says CrashLoopBackOff, and does not count further restarts first: the kubelet starts a container again at
/// once after its first end and says CrashLoopBackOff from the second on, so that a single crash is not reported, and waiting longer would only
/// add the back-off's own delay (10 s, 20 s, 40 s, ...) to the outage.</para>
/// <para>Between two crashes the container runs for a moment. The loop counts as over only when the container has been running for twice as
/// long as it ran before it crashed last, at least <see cref="MinStable"/> and at most <see cref="MaxStable"/> (after which the kubelet itself
/// forgets the back-off).</para>
/// <para>Pods of Jobs retry by design: their crashes count from <see cref="BatchRestarts"/> restarts on; the end of the Job is another
/// detector's. Init containers are another detector's too.</para>
/// </remarks>
public sealed class CrashLoopDetector : IDetector
{
    /// <summary>Restarts from which a crashing container of a Job is reported.</summary>
    public const int BatchRestarts = 3;

    /// <summary>Shortest run after which a loop can count as over.</summary>
    public static readonly TimeSpan MinStable = TimeSpan.FromSeconds(30);

    /// <summary>Longest run that is asked for before a loop counts as over.</summary>
    public static readonly TimeSpan MaxStable = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "CrashLoop";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        int leastRestarts = situation.IsBatch ? BatchRestarts : 0;
        ImmutableArray<ContainerMatch> loops = ContainerSearch.Where(
            situation, (_, c) => c.Role != ContainerRole.Init && c.RestartCount >= leastRestarts && (IsBackingOff(c) || IsBetweenCrashes(c, now)));
        if (loops.IsEmpty)
        {
            return DetectorReport.Nothing;
        }

        int restarts = loops.Max(static m => m.Container.RestartCount);
        string end = loops.Select(static m => m.Container.LastTermination).OfType<ContainerState.Terminated>().FirstOrDefault() is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"; it ended last with exit code {last.ExitCode} ({last.Reason})")
            : "";
        DateTimeOffset? lookAgain = ContainerSearch.Next(loops.Select(static m => StableAt(m.Container)).OfType<DateTimeOffset>(), now);
        return ContainerSearch.Report(
            Name, situation, loops, string.Create(CultureInfo.InvariantCulture, $"is in CrashLoopBackOff after {Counted.Of(restarts, "restart")}{end}"), lookAgain);
    }

    private static bool IsBackingOff(ContainerFacts container) => container.State is ContainerState.Waiting { Reason: "CrashLoopBackOff" };

    private static bool IsBetweenCrashes(ContainerFacts container, DateTimeOffset now) =>
        container.RestartCount >= 2
        && container.LastTermination is not null
        && (container.State is ContainerState.Terminated || (StableAt(container) is { } stableAt && now < stableAt));

    private static DateTimeOffset? StableAt(ContainerFacts container) =>
        container is { State: ContainerState.Running run, LastTermination: { } last } ? run.StartedAt + StableFor(last) : null;

    private static TimeSpan StableFor(ContainerState.Terminated last)
    {
        TimeSpan ran = last is { StartedAt: { } from, FinishedAt: { } to } && to > from ? to - from : TimeSpan.Zero;
        TimeSpan asked = 2 * ran;
        return asked < MinStable ? MinStable : asked > MaxStable ? MaxStable : asked;
    }
}
