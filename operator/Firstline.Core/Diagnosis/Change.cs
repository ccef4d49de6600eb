using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>A recent change of something that the subject depends on.</summary>
internal sealed record Change
{
    /// <summary>The object that changed: the workload for a rollout, or a ConfigMap.</summary>
    public required TargetRef Resource { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What a rollout changed; empty for a ConfigMap.</summary>
    public ImmutableArray<TemplateDifference> Differences { get; init; } = [];

    /// <summary>True for a rollout.</summary>
    public bool IsRollout => !Differences.IsEmpty;

    /// <summary>Topic under which the book of evidence keeps it.</summary>
    public string Topic => $"change/{Resource.Kind}/{Resource.Name}";

    /// <summary>True when that part of the pod template changed.</summary>
    public bool Touches(params ReadOnlySpan<TemplateAspect> aspects)
    {
        foreach (TemplateAspect aspect in aspects)
        {
            if (Differences.Any(d => d.Aspect == aspect))
            {
                return true;
            }
        }

        return false;
    }
}
