using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What the logs of a workload told when they were looked at last.</summary>
public sealed record LogSurveyFacts
{
    /// <summary>The workload, or the pod on its own.</summary>
    public required TargetRef Subject { get; init; }

    /// <summary>Labels of the pod that was looked at.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Node of the pod that was looked at; null when unknown.</summary>
    public string? Node { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Since when there are signs, without a break; the same as <see cref="At"/> at first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What they told, the most exact first; empty for nothing.</summary>
    public required ImmutableArray<LogSign> Signs { get; init; }
}
