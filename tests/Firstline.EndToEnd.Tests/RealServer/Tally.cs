using System.Collections.Immutable;

namespace Firstline.EndToEnd.Tests.RealServer;

/// <summary>Counts requests, to be read.</summary>
internal static class Tally
{
    /// <summary>One line for the sum, then one for each verb and resource.</summary>
    public static string Of(ImmutableArray<AuditedRequest> requests) => string.Join(Environment.NewLine,
    [
        $"{requests.Length} requests of the operator, {requests.Count(static r => r.IsWrite)} of them writes",
        .. requests.GroupBy(static r => $"{r.Verb} {r.Resource}").OrderByDescending(static g => g.Count()).Select(static g => $"{g.Count(),4} {g.Key}"),
    ]);
}
