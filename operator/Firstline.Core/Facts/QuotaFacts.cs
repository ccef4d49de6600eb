using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a ResourceQuota.</summary>
/// <param name="Ref">The ResourceQuota, with its UID.</param>
/// <param name="Hard"><c>status.hard</c>, as written.</param>
/// <param name="Used"><c>status.used</c>, as written.</param>
public sealed record QuotaFacts(TargetRef Ref, ImmutableSortedDictionary<string, string> Hard, ImmutableSortedDictionary<string, string> Used)
{
    /// <summary><c>metadata.resourceVersion</c>; null when not known.</summary>
    public string? ResourceVersion { get; init; }
}
