using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>The three verdicts.</summary>
internal static class Verdicts
{
    public static GateVerdict Open(this IGate gate, string message, string? observed = null, string? limit = null) =>
        Make(gate, GateDecision.Open, GateReasons.Open, message, observed, limit);

    public static GateVerdict Closed(
        this IGate gate, string reason, string message, string? observed = null, string? limit = null, DateTimeOffset? nextEligibleTime = null) =>
        Make(gate, GateDecision.Closed, reason, message, observed, limit) with { NextEligibleTime = nextEligibleTime };

    public static GateVerdict Refused(this IGate gate, string reason, string message, string? observed = null, string? limit = null) =>
        Make(gate, GateDecision.Refused, reason, message, observed, limit);

    // Names and lists from elsewhere go in here: what the schema has no room for would make the API server refuse the whole status.
    private static GateVerdict Make(IGate gate, GateDecision decision, string reason, string message, string? observed, string? limit) => new()
    {
        Name = gate.Name,
        Decision = decision,
        Reason = reason,
        Message = BoundedText.Shorten(message, 1024),
        Observed = observed is null ? null : BoundedText.Shorten(observed, 253),
        Limit = limit is null ? null : BoundedText.Shorten(limit, 253),
    };
}
