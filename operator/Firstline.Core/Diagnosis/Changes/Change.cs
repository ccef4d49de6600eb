using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis.Changes;

/// <summary>A recent change of the subject, or of something that may bear on it.</summary>
internal sealed record Change
{
    /// <summary>The object that changed.</summary>
    public required TargetRef Resource { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who, as the API server knows it; empty when unknown.</summary>
    public string By { get; init; } = "";

    /// <summary>How what changed is related to the subject.</summary>
    public required ChangeRelation Relation { get; init; }

    /// <summary>What, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What a rollout changed; empty for all other changes.</summary>
    public ImmutableArray<TemplateDifference> Differences { get; init; } = [];

    /// <summary>The revision to go back to, of a rollout; 0 for all other changes.</summary>
    public long RevisionBefore { get; init; }

    /// <summary>True for a rollout that is not the newest one of its workload.</summary>
    public bool IsOlder { get; init; }

    /// <summary>True when a later rollout of the same workload replaced what this one made; a restart does not.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>True for a change of the number of pods alone.</summary>
    public bool IsScaling { get; init; }

    /// <summary>True for a rollout.</summary>
    public bool IsRollout => !Differences.IsEmpty;

    /// <summary>Topic under which the book of evidence keeps it.</summary>
    public string Topic => IsOlder ? $"history/{Resource.Kind}/{Resource.Name}/{RevisionBefore}" : IsScaling ? $"scaling/{Resource.Kind}/{Resource.Name}" : $"change/{Resource.Kind}/{Resource.Name}";

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
