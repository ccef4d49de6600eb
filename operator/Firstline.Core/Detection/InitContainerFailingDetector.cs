using System.Collections.Immutable;
using System.Globalization;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds init containers that keep failing, so that their pods never start.</summary>
/// <remarks>Pods of Jobs are left to the Job's own retries until <see cref="CrashLoopDetector.BatchRestarts"/> restarts.</remarks>
public sealed class InitContainerFailingDetector : IDetector
{
    /// <inheritdoc/>
    public string Name => "InitContainerFailing";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        int leastRestarts = situation.IsBatch ? CrashLoopDetector.BatchRestarts : 0;
        ImmutableArray<ContainerMatch> failing = ContainerSearch.Where(
            situation, (_, c) => c.Role == ContainerRole.Init && c.RestartCount >= leastRestarts && IsFailing(c));
        int restarts = failing.Select(static m => m.Container.RestartCount).DefaultIfEmpty().Max();
        return ContainerSearch.Report(
            Name, situation, failing, string.Create(CultureInfo.InvariantCulture, $"(an init container) fails, {Counted.Of(restarts, "restart")} so far"));
    }

    private static bool IsFailing(ContainerFacts container) => container.State switch
    {
        ContainerState.Waiting { Reason: "CrashLoopBackOff" } => true,
        ContainerState.Terminated { ExitCode: not 0 } => container.RestartCount >= 2,

        // It runs again after it failed: until it has ended well, the pod has not started.
        ContainerState.Running => container is { RestartCount: >= 2, LastTermination.ExitCode: not 0 },
        _ => false,
    };
}
