using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Ports;
using Firstline.Core.Detection;
using Firstline.Kube;
using Firstline.Kube.Client;

namespace Firstline.Controllers.Detection;

/// <summary>Merges one more report into the signals of an Incident: the only path by which they are written.</summary>
/// <remarks>
/// The signals are one list that is applied as a whole, and several write it at once: the webhook of every replica, detectors, and the keeper. Each write therefore
/// holds only for the object as it was read; whoever comes second reads and merges again.
/// </remarks>
public sealed class IncidentSignals(IKubeClient client, IStatusWriter status, TimeProvider clock)
{
    // Each conflict means that somebody else was served: far more than there are writers of one incident.
    private const int MaxAttempts = 32;

    /// <summary>Adds the news while <paramref name="isWanted"/> holds for the incident as it is when the write takes effect.</summary>
    /// <exception cref="TerminalException">The incident holds as many signals that fire as it can remember.</exception>
    /// <exception cref="TransientException">Others wrote all the time; report again later.</exception>
    internal async Task<SignalOutcome> AddAsync(Incident read, SignalNews news, Func<Incident, bool> isWanted, CancellationToken ct)
    {
        Incident? incident = read;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (incident is null || incident.Metadata.Uid != read.Metadata.Uid || !isWanted(incident))
            {
                return new SignalOutcome.NotTaken();
            }

            if (!SignalLedger.HasRoomFor(incident, news))
            {
                throw new TerminalException(
                    $"Incident {NamespacedName.Of(read.Metadata)} holds {SignalLedger.MaxSignals + SignalLedger.MaxUnlisted} signals that fire and takes no more; group the alerts of one object");
            }

            if (SignalLedger.Apply(incident, news, clock.GetUtcNow()) is not { } part)
            {
                return new SignalOutcome.Known();
            }

            if (await WriteAsync(incident, part, ct) is { } outcome)
            {
                return outcome;
            }

            incident = await client.FindAsync(Incident.Type, NamespacedName.Of(read.Metadata), FirstlineJson.Incident, ct);
        }

        throw new TransientException($"the signals of Incident {NamespacedName.Of(read.Metadata)} changed {MaxAttempts} times while one was added; it is added later");
    }

    // Null when somebody else was first.
    private async Task<SignalOutcome?> WriteAsync(Incident incident, IncidentStatus part, CancellationToken ct)
    {
        try
        {
            string? written = await status.ApplyUnchangedAsync(
                Incident.Type, incident.Metadata, part, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Detection, ct);
            return written is null ? new SignalOutcome.NotTaken() : new SignalOutcome.Stored(part);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.Conflict)
        {
            return null;
        }
    }
}
