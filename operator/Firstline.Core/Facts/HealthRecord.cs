using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>What was seen of a workload's health since the operator started: objects tell how a revision is, never how it was.</summary>
/// <remarks>A template counts from <see cref="LeastTime"/> on: without a readiness probe a pod that crashes at its start is ready for a moment, too.</remarks>
public sealed record HealthRecord
{
    /// <summary>How long a workload has to be healthy on a template without a break for the template to count as healthy.</summary>
    public static readonly TimeSpan LeastTime = TimeSpan.FromMinutes(5);

    /// <summary>Nothing was seen yet.</summary>
    public static readonly HealthRecord Empty = new();

    private const int MaxPast = 3;

    /// <summary>Since when it has been healthy on its present template; null while it is not.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <summary>Templates on which it was healthy for long enough, the newest last, each once; at most three.</summary>
    public ImmutableArray<HealthyTemplate> Past { get; private init; } = [];

    /// <summary>The record after one more look.</summary>
    /// <param name="before">The workload as it was at the last look; null at the first.</param>
    /// <param name="now">The workload.</param>
    /// <param name="at">The time of the look.</param>
    public HealthRecord After(WorkloadFacts? before, WorkloadFacts now, DateTimeOffset at)
    {
        bool isHealthy = now is { IsHealthy: true, DesiredPods: > 0 };
        bool goesOn = isHealthy && before?.TemplateJson == now.TemplateJson;
        HealthRecord kept = goesOn || before is null ? this : Close(before.TemplateJson, at);
        return kept with { Since = !isHealthy ? null : goesOn ? Since ?? at : at };
    }

    private HealthRecord Close(string template, DateTimeOffset at) => Since is not { } since || at - since < LeastTime
        ? this
        : this with { Past = Added(new(PackedText.Of(template), since, at)) };

    private ImmutableArray<HealthyTemplate> Added(HealthyTemplate newest) => [.. Past.Where(p => !p.Template.Equals(newest.Template)).Append(newest).TakeLast(MaxPast)];
}
