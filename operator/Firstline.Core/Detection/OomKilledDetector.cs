using System.Collections.Immutable;
using Firstline.Core.Facts;

namespace Firstline.Core.Detection;

/// <summary>Finds containers that the kernel killed at their memory limit: now, or within <see cref="Window"/>, or again and again.</summary>
/// <remarks>One kill is enough, since the container lost its work and the limit will be met again; an old one that did not repeat is not.
/// Pods of Jobs are left to the Job's own retries.</remarks>
public sealed class OomKilledDetector : IDetector
{
    /// <summary>How long a kill that did not repeat is reported.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "OomKilled";

    /// <inheritdoc/>
    public DetectorReport Detect(Situation situation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation.IsBatch)
        {
            return DetectorReport.Nothing;
        }

        ImmutableArray<ContainerMatch> kills = ContainerSearch.Where(situation, (_, c) => c.Role != ContainerRole.Init && IsKilled(c, now));
        if (kills.IsEmpty)
        {
            return DetectorReport.Nothing;
        }

        string limit = kills.Select(static m => m.Container.MemoryLimit).OfType<string>().FirstOrDefault() is { } most ? $" of {most}" : "";
        DateTimeOffset? lookAgain = ContainerSearch.Next(kills.Select(static m => Kill(m.Container)?.FinishedAt + Window).OfType<DateTimeOffset>(), now);
        return ContainerSearch.Report(Name, situation, kills, $"was killed at its memory limit{limit} (OOMKilled)", lookAgain);
    }

    private static bool IsKilled(ContainerFacts container, DateTimeOffset now) =>
        Kill(container) is { } kill
        && (container.State is not ContainerState.Running || kill.FinishedAt is not { } at || now - at < Window);

    private static ContainerState.Terminated? Kill(ContainerFacts container) =>
        container.State is ContainerState.Terminated { Reason: "OOMKilled" } now ? now
        : container.LastTermination is { Reason: "OOMKilled" } last ? last
        : null;
}
