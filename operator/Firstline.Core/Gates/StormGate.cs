using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Gates;

/// <summary>Closed while more incidents are open than the policy allows: so many have one cause, and acting on each would make it worse.</summary>
public sealed class StormGate : IGate
{
    private const int Default = 50;

    /// <inheritdoc/>
    public string Name => "Storm";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Policy is not { } policy)
        {
            return this.Closed(GateReasons.PolicyMissing, "without a policy the limit is not known");
        }

        if (input.HasBegun)
        {
            return this.Open("what it began is finished");
        }

        if (input.OpenIncidents is not { } open)
        {
            return this.Closed(GateReasons.IncidentUnknown, "the open incidents can't be counted", "unknown");
        }

        int limit = policy.Limits.MaxOpenIncidents ?? Default;
        string allowed = limit.ToString(CultureInfo.InvariantCulture);
        return open <= limit
            ? this.Open("there is no storm of incidents", limit: allowed)
            : this.Closed(
                GateReasons.Storm, $"more than {Counted.Of(limit, "incident")} are open: nothing is changed until people have found what they have in common", $"more than {allowed}", allowed);
    }
}
