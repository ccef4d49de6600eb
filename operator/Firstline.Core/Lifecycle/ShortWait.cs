using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Planning;

namespace Firstline.Core.Lifecycle;

/// <summary>Tells the wait for a gate that opens by itself, or by an act that somebody has in mind, from one that humans have to end: nobody is called for half a minute of cooldown.</summary>
public static class ShortWait
{
    /// <summary>How long such a wait may take, from its beginning on, before humans are called.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly ImmutableArray<string> Passing = [GateReasons.CoolingDown, GateReasons.RateExceeded, GateReasons.TooManyUnderWay, GateReasons.Suspended, GateReasons.VerifierAway];

    /// <summary>When humans are to be called if the request still waits then; null when they are to be called now, and when nothing holds it up.</summary>
    public static DateTimeOffset? Until(RemediationRequest request, DateTimeOffset now)
    {
        if (Progress.HasBegun(request) || GateChain.FirstObstacle(request.Status?.Gates ?? []) is not { } obstacle || !Passing.Contains(obstacle.Reason))
        {
            return null;
        }

        DateTimeOffset end = Began(request, now) + Patience;
        return now < end && (obstacle.NextEligibleTime is not { } open || open <= end) ? end : null;
    }

    // An approval begins a new wait: before it, the request waited for the approval.
    private static DateTimeOffset Began(RemediationRequest request, DateTimeOffset now)
    {
        DateTimeOffset closed = request.Status?.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Permitted)?.LastTransitionTime ?? now;
        return request.Status?.Approvals.Select(static a => a.SeenAt).Append(closed).Max() ?? closed;
    }
}
