using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Facts;

/// <summary>What is read of a LimitRange.</summary>
/// <param name="Ref">The LimitRange, with its UID.</param>
/// <param name="Limits"><c>spec.limits[]</c> for people, such as <c>Container max memory=1Gi</c>.</param>
public sealed record LimitRangeFacts(TargetRef Ref, ImmutableArray<string> Limits)
{
    /// <summary><c>metadata.resourceVersion</c>; null when not known.</summary>
    public string? ResourceVersion { get; init; }
}
