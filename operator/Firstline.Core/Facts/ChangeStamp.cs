using System.Collections.Immutable;

namespace Firstline.Core.Facts;

/// <summary>The newest change of what is wanted of an object, as its managed fields tell; what was changed of its status or metadata alone is none.</summary>
/// <param name="Time"><c>metadata.managedFields[].time</c>, in whole seconds.</param>
/// <param name="By"><c>metadata.managedFields[].manager</c>, such as <c>kubectl-edit</c> or <c>argocd-controller</c>; empty when not said.</param>
/// <param name="Fields">Names of the fields that this manager set, such as <c>replicas</c>; empty when they are too many to tell anything, as for a whole manifest.</param>
public sealed record ChangeStamp(DateTimeOffset Time, string By, ImmutableArray<string> Fields)
{
    /// <summary>Most names of <see cref="Fields"/>.</summary>
    public const int MaxFields = 4;
}
