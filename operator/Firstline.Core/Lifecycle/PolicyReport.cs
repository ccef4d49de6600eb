using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Detection;
using Firstline.Core.Facts;

namespace Firstline.Core.Lifecycle;

/// <summary>Judges the policy: whether all that it names is known. A rule with a wrong name holds nothing back, which nobody would notice before it is too late.</summary>
public static class PolicyReport
{
    private const int MaxMessage = 1024;

    /// <summary>The whole status.</summary>
    /// <param name="stored">The policy with its status as stored.</param>
    /// <param name="now">The time of the report.</param>
    public static RemediationPolicyStatus ToStatus(RemediationPolicy stored, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ImmutableArray<string> unknown =
        [
            .. from rule in stored.Spec.Patience
               from detector in rule.Detectors
               where DetectorCatalogue.All.All(d => d.Name != detector)
               select $"patience {rule.Name} names detector {detector}, which there is not",
        ];
        ConditionList conditions = new(stored.Status?.Conditions ?? [], stored.Metadata.Generation, now);
        return new()
        {
            ObservedGeneration = stored.Metadata.Generation,
            Conditions = (unknown.IsEmpty
                ? conditions.Set(ConditionTypes.Valid, ConditionStatus.True, PolicyReasons.PolicyValid, "all that the policy names is known")
                : conditions.Set(ConditionTypes.Valid, ConditionStatus.False, PolicyReasons.UnknownDetector, BoundedText.Of($"{string.Join("; ", unknown)}: docs/detectors.md lists them", MaxMessage)))
                .ToImmutable(),
        };
    }
}
