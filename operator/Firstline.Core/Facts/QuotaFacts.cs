using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a ResourceQuota.</summary>
/// <param name="Ref">The quota, with its UID.</param>
/// <param name="Hard"><c>status.hard</c>.</param>
/// <param name="Used"><c>status.used</c>.</param>
public sealed record QuotaFacts(TargetRef Ref, ImmutableSortedDictionary<string, string> Hard, ImmutableSortedDictionary<string, string> Used);
