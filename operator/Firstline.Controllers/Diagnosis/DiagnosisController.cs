using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Controllers.Diagnosis.Models;
using Firstline.Controllers.Observation;
using Firstline.Controllers.Ports;
using Firstline.Core.Diagnosis;
using Firstline.Core.Facts;
using Firstline.Kube.Client;
using Firstline.Kube.Events;
using Firstline.Kube.Runtime;
using Microsoft.Extensions.Logging;

namespace Firstline.Controllers.Diagnosis;

/// <summary>Diagnoses an Incident once it is detected, and again when a new kind of signal joins or a human changes its spec.</summary>
/// <remarks>Which signals a diagnosis has seen is in the id of its timeline entry, so that a restart neither forgets nor repeats one. While the target does not exist
/// it looks again every <see cref="LookAgain"/>. A model, where one is configured, is asked after the rules' diagnosis is written, and never waited for.</remarks>
public sealed partial class DiagnosisController(
    ISituationSource situations, Func<TargetRef, ImmutableArray<Incident>> incidentsOn, DiagnosticReader reader, IStatusWriter status, IKubeClient client, IEventRecorder recorder, OperatorOptions options,
    TimeProvider clock, ILogger<DiagnosisController> log, ModelRefinement? models = null) : IReconciler<Incident>
{
    /// <summary>When a target that does not exist is looked for again.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly ILogger _log = log;

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(Incident resource, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (models is not null && await models.SettleAsync(resource, ct))
        {
            return ReconcileResult.Done;   // what was written wakes this controller once more
        }

        return IncidentCache.IsOpen(resource) && resource.Status is { Signals.IsEmpty: false } ? await LookAsync(resource, ct) : ReconcileResult.Done;
    }

    private async Task<ReconcileResult> LookAsync(Incident resource, CancellationToken ct)
    {
        TargetRef target = IncidentCache.TargetOf(resource);
        string? outside = IncidentCache.WhyOutside(resource, options);
        Situation? observed = outside is null ? situations.Observe(target) : null;
        string id = DiagnosisStatus.EntryId(resource, observed);
        if (!DiagnosisStatus.IsDone(resource, id))
        {
            await DiagnoseAsync(resource, target, observed, outside, id, ct);
        }
        else if (models is not null && observed is { Exists: true })
        {
            return new(await models.AdvanceAsync(resource, observed, ct));   // a written diagnosis wakes this controller once more
        }

        return new(observed is { Exists: true } || outside is not null ? null : LookAgain);
    }

    private async Task DiagnoseAsync(Incident incident, TargetRef target, Situation? observed, string? outside, string id, CancellationToken ct)
    {
        // Not even whether an object of another namespace exists is told.
        (bool exists, string? unlisted) = observed is null && outside is null ? await ExistsAsync(target, ct) : (true, null);
        Situation situation = observed is null ? new() { Subject = target, Exists = exists } : await reader.CompleteAsync(situations.LookAround(observed), ct);
        DateTimeOffset now = clock.GetUtcNow();
        DiagnosisReport report = Diagnoser.Diagnose(new(incident.Spec, incident.Status!.Signals, situation, now)
        {
            Known = KnownEvidence.Of(incident.Status), Redaction = options.Redaction, Dashboard = options.Dashboard, Past = outside is null ? PastIncident.Of(incidentsOn(target), incident) : [],
        });
        IncidentStatus part = DiagnosisStatus.Of(incident, situation, new(observed is not null, outside, unlisted), report, id, now);
        await status.ApplyAsync(Incident.Type, incident.Metadata, part, FirstlineJson.Of<IncidentStatus>(), FieldManagers.Diagnosis, ct);
        Condition diagnosed = part.Conditions[0];
        recorder.Record(
            ObjectReference.Of(Incident.Type, incident.Metadata), diagnosed.Status == ConditionStatus.True ? EventType.Normal : EventType.Warning, diagnosed.Reason,
            diagnosed.Message);
        LogDiagnosed(NamespacedName.Of(incident.Metadata), part.Hypothesis ?? diagnosed.Reason);
    }

    // Of kinds that are not cached only the existence is asked for, and that only of those whose path is known. A right to list is all that the role gives.
    private async Task<(bool Exists, string? Unlisted)> ExistsAsync(TargetRef target, CancellationToken ct)
    {
        if (BuiltinTypes.Find(target.Kind) is not { } type)
        {
            return (true, null);
        }

        try
        {
            return (await client.ProbeAsync(ResourceQuery.OfName(type, target.Name) with { Namespace = target.Namespace ?? "" }, ct), null);
        }
        catch (KubeException e) when (e.Kind == KubeErrorKind.Forbidden)
        {
            return (true, type.QualifiedName);
        }
    }

    [LoggerMessage(2111, LogLevel.Information, "{Incident}: diagnosed: {Outcome}")]
    private partial void LogDiagnosed(NamespacedName incident, string outcome);
}
