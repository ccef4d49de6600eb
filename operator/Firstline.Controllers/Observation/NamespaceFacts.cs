using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Observation;

/// <summary>What is read of a Namespace.</summary>
/// <param name="Ref">The namespace.</param>
/// <param name="Paused">True when it is marked as paused.</param>
/// <param name="Deletion">Its deletion; null while it is wanted.</param>
/// <param name="Conditions"><c>status.conditions[]</c>, which say what holds its deletion.</param>
/// <param name="Environment">The environment that its labels name; null when none does.</param>
internal sealed record NamespaceFacts(TargetRef Ref, bool Paused, DeletionFacts? Deletion, ImmutableArray<ConditionFacts> Conditions, string? Environment)
{
    /// <summary>True when it is being deleted.</summary>
    public bool Ending => Deletion is not null;
}
