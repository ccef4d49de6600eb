using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>The three verdicts.</summary>
internal static class Verdicts
{
    public static GateVerdict Open(this IGate gate, string message, string? observed = null, string? limit = null) =>
        Make(gate, GateDecision.Open, GateReasons.Open, message) with { Observed = observed, Limit = limit };

    public static GateVerdict Closed(
        this IGate gate, string reason, string message, string? observed = null, string? limit = null, DateTimeOffset? nextEligibleTime = null) =>
        Make(gate, GateDecision.Closed, reason, message) with { Observed = observed, Limit = limit, NextEligibleTime = nextEligibleTime };

    public static GateVerdict Refused(this IGate gate, string reason, string message, string? observed = null, string? limit = null) =>
        Make(gate, GateDecision.Refused, reason, message) with { Observed = observed, Limit = limit };

    private static GateVerdict Make(IGate gate, GateDecision decision, string reason, string message) =>
        new() { Name = gate.Name, Decision = decision, Reason = reason, Message = message };
}
