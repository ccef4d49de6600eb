using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Gates;

/// <summary>Reads from an incident whether its trouble is still reported.</summary>
public static class FiringSignals
{
    /// <summary>
    /// Listed signals that fire. What a human reported by hand is not among them: nobody takes it back, so that verification alone decides there.
    /// </summary>
    public static IEnumerable<SignalRecord> Of(Incident incident) =>
        incident.Status?.Signals.Where(static s => s is { State: SignalState.Firing, Source: not IncidentSource.Manual }) ?? [];

    /// <summary>How many signals fire, those included that have no room in the list.</summary>
    public static int Count(Incident incident) => Of(incident).Count() + (incident.Status?.UnlistedSignals.Length ?? 0);

    /// <summary>True when a human opened the incident and nothing else has reported it: no signal can say that it is over.</summary>
    public static bool IsByHandOnly(Incident incident) =>
        incident.Spec.Source == IncidentSource.Manual && (incident.Status?.Signals.All(static s => s.Source == IncidentSource.Manual) ?? true)
        && (incident.Status?.UnlistedSignals.IsEmpty ?? true);

    /// <summary>True while trouble is reported.</summary>
    public static bool IsFiring(Incident incident) => IsByHandOnly(incident) || Count(incident) > 0;
}
