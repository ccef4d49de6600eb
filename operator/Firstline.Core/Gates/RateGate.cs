using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>Closed after as many remediations within an hour as the policy allows in the cluster, or the runbook for itself.</summary>
public sealed class RateGate : IGate
{
    private const int Default = 20;

    /// <summary>Changes older than this do not count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);


    /// <inheritdoc/>
    public string Name => "Rate";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the limit is not known");
        }

        if (input.Others is not { } others)
        {
            return this.Closed(GateReasons.RequestsUnknown, "the other requests can't be listed");
        }

        RemediationRequest[] all = [.. others];
        RunbookReference runbook = input.Request.Spec.Runbook;
        GateVerdict cluster = Judge("the policy", policy.Limits.MaxPerHour ?? Default, all, now);
        return cluster.Decision != GateDecision.Open || input.Request.Spec.Limits.MaxPerHour is not { } own
            ? cluster
            : Judge($"runbook {runbook.Name}", own, [.. all.Where(r => r.Spec.Runbook.Name == runbook.Name && r.Spec.Runbook.Namespace == runbook.Namespace)], now);
    }

    private GateVerdict Judge(string who, int limit, RemediationRequest[] requests, DateTimeOffset now)
    {
        DateTimeOffset[] recent = [.. requests.Select(Progress.FirstChange).OfType<DateTimeOffset>().Where(t => now - t < Window).Order()];
        string seen = string.Create(CultureInfo.InvariantCulture, $"{recent.Length} within an hour");
        string allowed = string.Create(CultureInfo.InvariantCulture, $"{limit} within an hour");
        if (recent.Length < limit)
        {
            return this.Open($"{who} allows {allowed}", seen, allowed);
        }

        // It opens when so many have left the window that fewer than the limit remain.
        DateTimeOffset? next = limit > 0 ? recent[recent.Length - limit] + Window : null;
        return this.Closed(GateReasons.RateExceeded, $"{seen}; {who} allows {limit}", seen, allowed, next);
    }
}
