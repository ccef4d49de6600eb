using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Actions;

/// <summary>What an action plans on.</summary>
/// <param name="Target">The object to change: the situation's subject, or one of its ConfigMaps or Jobs.</param>
/// <param name="Situation">The incident's target as it is now.</param>
/// <param name="Parameters">Validated parameters, defaults filled in.</param>
/// <param name="Now">The time of planning; goes into marks such as restartedAt, so that a repeated write is the same write.</param>
public sealed record ActionRequest(
    TargetRef Target, Situation Situation, ImmutableSortedDictionary<string, string> Parameters, DateTimeOffset Now)
{
    /// <summary>When the incident's trouble began; null when unknown.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>What the steps before this one of the same plan change, in order.</summary>
    public ImmutableArray<Mutation> Before { get; init; } = [];

    /// <summary>Pod templates that were rolled out for this incident and did not help, as JSON text.</summary>
    public ImmutableArray<string> FailedTemplates { get; init; } = [];
}
