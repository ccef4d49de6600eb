using System.Collections.Immutable;

namespace Firstline.Core.Detection;

/// <summary>What a detector says of one subject.</summary>
/// <param name="Findings">What fires now.</param>
/// <param name="LookAgainAt">When time alone may change the answer; null when only a change of an object can.</param>
public sealed record DetectorReport(ImmutableArray<Finding> Findings, DateTimeOffset? LookAgainAt = null)
{
    /// <summary>Nothing to report.</summary>
    public static readonly DetectorReport Nothing = new([]);
}
