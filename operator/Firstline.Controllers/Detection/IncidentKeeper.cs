using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Observation;
using Firstline.Core.Detection;
using Firstline.Core.Facts;
using Firstline.Kube.Runtime;

namespace Firstline.Controllers.Detection;

/// <summary>Gives every Incident its first signal, from its spec: one that a human created, and one whose creator stopped before it wrote the status.</summary>
/// <remarks>
/// <para>What a human reports is a signal of source Manual, which nothing but verification can end. An alert's Incident without a status is healed after
/// <see cref="Patience"/>, which leaves its creator time to write what it knows; a detector's finding is reported again by the detector itself.</para>
/// <para>A spec is written by whoever may create Incidents, its source included. So what it says is known by the Incident's own UID, and never takes the place of what a
/// detector or an alert says. Only a detector's Incident inside its <see cref="TargetScope"/> keeps the detector's fingerprint, since that detector ends the signal at its next look.</para>
/// </remarks>
public sealed class IncidentKeeper(IncidentSignals signals, OperatorOptions options, TimeProvider clock) : IReconciler<Incident>
{
    /// <summary>How long an Incident's creator has to write the status itself.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(Incident resource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (!HasNoSignal(resource))
        {
            return ReconcileResult.Done;
        }

        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset due = (resource.Metadata.CreationTimestamp ?? now) + Patience;
        TimeSpan left = due - now;
        if (resource.Spec.Source != IncidentSource.Manual && left > TimeSpan.Zero && left <= Patience)   // longer only by a clock that is behind
        {
            return new(left);
        }

        await signals.AddAsync(resource, NewsOf(resource, now), HasNoSignal, ct);
        return ReconcileResult.Done;
    }

    private static bool HasNoSignal(Incident incident) => incident.Status?.Signals.IsEmpty ?? true;

    private SignalNews NewsOf(Incident incident, DateTimeOffset now)
    {
        string name = incident.Spec.Signal is { Length: > 0 } signal ? BoundedText.Of(signal, 253) : "ReportedByHand";
        TargetRef target = IncidentCache.TargetOf(incident);
        return new()
        {
            Fingerprint = IsDetectors(incident) ? Fingerprints.Of(name, target) : $"spec/{incident.Metadata.Uid}",
            Source = incident.Spec.Source,
            Name = name,
            Summary = incident.Spec.Summary is { Length: > 0 } said ? BoundedText.Of(said, 1024) : $"trouble with {target} was reported",
            Since = incident.Metadata.CreationTimestamp ?? now,
            CauseHint = Causes.IsKnown(incident.Spec.Signal) ? incident.Spec.Signal : null,
        };
    }

    private bool IsDetectors(Incident incident) => incident.Spec.Source == IncidentSource.Detector && IncidentCache.WhyOutside(incident, options) is null;
}
