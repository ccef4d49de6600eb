using System.Globalization;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Refuses to treat what has healed itself.</summary>
public sealed class StillFiringGate : IGate
{
    /// <inheritdoc/>
    public string Name => "StillFiring";

    /// <inheritdoc/>
    public GateVerdict Judge(GateInput input, DateTimeOffset now)
    {
        if (input.Incident is not { Status: not null } incident)
        {
            return this.Closed(GateReasons.IncidentUnknown, $"incident {input.Request.Spec.Incident.Name} is gone or can't be seen");
        }

        // What has begun is finished: a change that is half made or not yet verified is nobody's wish.
        if (ClosedByHand.WhyOf(incident) is { } why && !input.HasBegun)
        {
            return this.Refused(GateReasons.ClosedByHand, $"a human closed incident {incident.Metadata.Name}: {why}", "closed", "open");
        }

        if (FiringSignals.IsByHandOnly(incident))
        {
            return this.Open("the incident was reported by hand");
        }

        int firing = FiringSignals.Count(incident);
        if (firing == 0 && !incident.Status.Signals.IsEmpty && !input.HasBegun)
        {
            return this.Refused(GateReasons.NoActionRequired, "no signal of the incident fires any more", "0 firing", "at least 1");
        }

        return firing > 0 || input.HasBegun
            ? this.Open("the incident's signals fire", string.Create(CultureInfo.InvariantCulture, $"{firing} firing"))
            : this.Closed(GateReasons.IncidentUnknown, "the incident's signals are not recorded yet", "unknown", "at least 1");
    }
}
