using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds init containers that run and do not end, so that their pods never start.</summary>
/// <remarks>What a Job waits for is the Job's own business.</remarks>
public sealed class InitHangsDetector : IDetector
{
    /// <summary>How long an init container may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "InitHangs";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ImmutableArray<ContainerMatch> running = situation.IsBatch ? [] : ContainerSearch.Where(
            situation, static (_, c) => c is { Role: ContainerRole.Init, RestartCount: 0, State: ContainerState.Running });
        if (running.IsEmpty)
        {
            return DetectorReport.Nothing;
        }

        DateTimeOffset since = running.Min(static m => ((ContainerState.Running)m.Container.State).StartedAt);
        return now - since < Patience ? new([], since + Patience) : ContainerSearch.Report(Name, situation, running, "(an init container) runs and does not end");
    }
}
