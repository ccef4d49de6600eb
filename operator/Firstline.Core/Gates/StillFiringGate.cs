using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Planning;

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

        // A plan of which a step was done is finished: half of it, or what nobody verified, is nobody's wish. Evictions may end halfway; a Job that runs may not.
        return Progress.HasFinishedStep(input.Request) || Progress.IsRunning(input.Request) ? this.Open("what it began is finished")
            : ClosedByHand.WhyOf(incident) is { } why ? this.Refused(GateReasons.ClosedByHand, $"a human closed incident {incident.Metadata.Name}: {why}", "closed", "open")
            : FiringSignals.IsByHandOnly(incident) ? this.Open("the incident was reported by hand")
            : JudgeSignals(incident);
    }

    private GateVerdict JudgeSignals(Incident incident) => FiringSignals.Count(incident) switch
    {
        > 0 and var firing => this.Open("the incident's signals fire", string.Create(CultureInfo.InvariantCulture, $"{firing} firing")),
        _ when incident.Status!.Signals.IsEmpty => this.Closed(GateReasons.IncidentUnknown, "the incident's signals are not recorded yet", "unknown", "at least 1"),
        _ => this.Refused(GateReasons.NoActionRequired, "no signal of the incident fires any more", "0 firing", "at least 1"),
    };
}
