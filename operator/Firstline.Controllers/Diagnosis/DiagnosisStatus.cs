using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Diagnosis;
using Firstline.Core.Diagnosis.Models;
using Firstline.Core.Facts;

namespace Firstline.Controllers.Diagnosis;

/// <summary>Makes the part of an Incident's status that the diagnosis controller owns.</summary>
internal static class DiagnosisStatus
{
    // What fits into status.severityReason.
    private const int MaxSeverityReason = 1024;
    private const int MaxEntries = 32;
    private const int MaxRefined = 1024;

    // Of status.triage.suspicious.
    private const int MaxSuspicious = 8;
    private const int MaxSuspiciousOfModels = 4;   // while there are lines of the rules
    private const int MaxLine = 512;

    /// <summary>Id of the timeline entry of a diagnosis that has seen these kinds of signals, of a target that is there or is not.</summary>
    public static string EntryId(Incident incident, Situation? situation)
    {
        IEnumerable<string> kinds = incident.Status!.Signals.Select(static s => s.Name).Distinct().Order(StringComparer.Ordinal);
        string presence = situation is null ? "unknown" : situation.Exists ? "there" : "gone";
        return $"diagnosed-{Fingerprints.Hash($"{presence}|{string.Join('|', kinds)}", 12)}";
    }

    /// <summary>True when the status already holds that diagnosis, for the spec as it is.</summary>
    public static bool IsDone(Incident incident, string entryId) =>
        incident.Status!.ObservedGeneration == incident.Metadata.Generation
        && incident.Status.Timeline.Any(e => e.By == FieldManagers.Diagnosis && e.Id == entryId);

    /// <summary>The part, complete.</summary>
    public static IncidentStatus Of(
        Incident incident, Situation situation, TargetObservation observation, DiagnosisReport report, string entryId, DateTimeOffset now)
    {
        Condition diagnosed = Diagnosed(incident, situation, observation, report, now);
        TargetRef target = situation.Subject;
        (ImmutableArray<Hypothesis> hypotheses, ImmutableArray<EvidenceItem> evidence) = ModelReview.Carried(report, incident.Status);
        return new()
        {
            ObservedGeneration = incident.Metadata.Generation,
            Severity = incident.Spec.Severity ?? report.SuggestedSeverity,
            SuggestedSeverity = report.SuggestedSeverity,
            SeverityReason = SeverityReason(incident, report),
            Category = report.Category,
            Target = BoundedText.Shorten(target.ToString(), 320),
            Hypothesis = Headline(hypotheses),
            Evidence = evidence,
            LastEvidenceNumber = report.LastEvidenceNumber,
            Hypotheses = hypotheses,
            Changes = report.Changes,
            Triage = WithSuspicious(report.Triage, incident.Status?.ModelCalls ?? []),
            ModelCalls = incident.Status?.ModelCalls ?? [],
            Conditions = [diagnosed, SeverityConfirmed(incident, report, now), .. Known(incident, ConditionTypes.Refined) is { } refined ? [refined] : Array.Empty<Condition>()],
            Timeline = Timeline(incident, entryId, diagnosed, now),
            Clocks = new() { DiagnosedAt = incident.Status?.Clocks?.DiagnosedAt ?? now },
        };
    }

    /// <summary>What the diagnosis controller wrote last, complete, with another condition <see cref="ConditionTypes.Refined"/>.</summary>
    public static IncidentStatus Refined(Incident incident, ConditionStatus status, string reason, string message, DateTimeOffset now)
    {
        IncidentStatus before = incident.Status!;
        return new()
        {
            ObservedGeneration = before.ObservedGeneration,
            Severity = before.Severity,
            SuggestedSeverity = before.SuggestedSeverity,
            SeverityReason = before.SeverityReason,
            Category = before.Category,
            Target = before.Target,
            Hypothesis = before.Hypothesis,
            Evidence = before.Evidence,
            LastEvidenceNumber = before.LastEvidenceNumber,
            Hypotheses = before.Hypotheses,
            Changes = before.Changes,
            Triage = before.Triage,
            ModelCalls = before.ModelCalls,
            Conditions =
            [
                .. before.Conditions.Where(static c => c.Type is ConditionTypes.Diagnosed or ConditionTypes.SeverityConfirmed),
                Since(incident, ConditionTypes.Refined, status, reason, BoundedText.Shorten(message, MaxRefined), now),
            ],
            Timeline = [.. before.Timeline.Where(static e => e.By == FieldManagers.Diagnosis)],
            Clocks = new() { DiagnosedAt = before.Clocks?.DiagnosedAt },
        };
    }

    /// <summary>The part with what came of asking a model.</summary>
    public static IncidentStatus With(IncidentStatus part, ModelConclusion conclusion, ImmutableArray<string> suspicious)
    {
        IEnumerable<string> lines =
        [
            .. suspicious.Select(static s => $"{s}, which a model looked up, holds text that gives orders to its reader or hides something; nothing of it was done"),
            .. conclusion.GaveOrders ? [$"an answer of {conclusion.Record.Model} held text that gives orders to its reader or hides something; it was left out"] : Array.Empty<string>(),
        ];
        ModelCallRecord record = conclusion.Record with { Suspicious = [.. lines.Distinct().Take(MaxSuspicious).Select(static l => BoundedText.Shorten(l, MaxLine))] };
        ImmutableArray<ModelCallRecord> records = [.. part.ModelCalls.Where(c => c.Id != record.Id), record];
        return part with
        {
            Hypothesis = Headline(conclusion.Hypotheses),
            Hypotheses = conclusion.Hypotheses,
            Evidence = conclusion.Evidence,
            ModelCalls = records,
            Triage = WithSuspicious(part.Triage ?? new(), records),
        };
    }

    // What a model came upon stays when the rules look anew: they may not read where it read. Neither pushes the other out.
    private static Triage WithSuspicious(Triage triage, ImmutableArray<ModelCallRecord> records)
    {
        ImmutableArray<string> ofModels = [.. records.SelectMany(static r => r.Suspicious).Distinct()];
        ImmutableArray<string> ofRules = [.. triage.Suspicious.Except(ofModels)];
        int room = Math.Max(MaxSuspiciousOfModels, MaxSuspicious - ofRules.Length);
        ImmutableArray<string> shown = [.. ofModels.TakeLast(room)];
        return triage with { Suspicious = [.. ofRules.Take(MaxSuspicious - shown.Length), .. shown] };
    }

    private static string? Headline(ImmutableArray<Hypothesis> hypotheses) => hypotheses is [{ } best, ..]
        ? string.Create(CultureInfo.InvariantCulture, $"{best.Cause} ({best.ConfidencePercent} %{(Likeliest.IsOfModel(best) ? ", of a model" : "")})") : null;

    // It stands beside the severity, and must not read as the reason of another one.
    private static string SeverityReason(Incident incident, DiagnosisReport report) =>
        incident.Spec.Severity is { } confirmed && confirmed != report.SuggestedSeverity
            ? BoundedText.Of($"{confirmed} is confirmed; {report.SuggestedSeverity} is suggested: {report.SeverityReason}", MaxSeverityReason)
            : report.SeverityReason;

    private static Condition SeverityConfirmed(Incident incident, DiagnosisReport report, DateTimeOffset now) => incident.Spec.Severity is { } decided
        ? Since(incident, ConditionTypes.SeverityConfirmed, ConditionStatus.True, DiagnosisReasons.SeverityDecided, $"{decided} was decided on in spec.severity", now)
        : Since(incident, ConditionTypes.SeverityConfirmed, ConditionStatus.False, DiagnosisReasons.SeveritySuggested, $"{report.SuggestedSeverity} is suggested; a human decides by spec.severity", now);

    private static Condition Diagnosed(Incident incident, Situation situation, TargetObservation observation, DiagnosisReport report, DateTimeOffset now)
    {
        (ConditionStatus status, string reason, string message) = Judge(situation, observation, report);
        return Since(incident, ConditionTypes.Diagnosed, status, reason, message, now);
    }

    private static Condition Since(Incident incident, string type, ConditionStatus status, string reason, string message, DateTimeOffset now)
    {
        Condition? known = Known(incident, type);
        return new()
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            ObservedGeneration = incident.Metadata.Generation,
            LastTransitionTime = known is not null && known.Status == status ? known.LastTransitionTime : now,
        };
    }

    private static Condition? Known(Incident incident, string type) => incident.Status?.Conditions.FirstOrDefault(c => c.Type == type);

    private static (ConditionStatus Status, string Reason, string Message) Judge(Situation situation, TargetObservation observation, DiagnosisReport report)
    {
        TargetRef target = situation.Subject;
        string where = target.Namespace is { } ns ? $" in namespace {ns}" : "";
        return report.Hypotheses is [{ } best, ..]
            ? (ConditionStatus.True, DiagnosisReasons.HypothesesReady, string.Create(
                CultureInfo.InvariantCulture, $"{report.Hypotheses.Length} hypothes{(report.Hypotheses.Length == 1 ? "is: " : "es; the likeliest is ")}{best.Cause} ({best.ConfidencePercent} %): {best.Statement}"))
            : !situation.Exists
                ? (ConditionStatus.False, DiagnosisReasons.TargetNotFound, $"{target} does not exist{where}; check kind and name, and create another incident for the right one")
            : observation.WhyOutside is { } why
                ? (ConditionStatus.False, DiagnosisReasons.TargetOutsideNamespace, $"{why}; it was not looked at")
            : observation.Unlisted is { } unlisted
                ? (ConditionStatus.False, DiagnosisReasons.TargetNotObserved,
                    $"objects of kind {target.Kind} are not observed and the operator may not list {unlisted}, so that it isn't even known whether {target} exists; look at it by hand")
            : !observation.IsObserved
                ? (ConditionStatus.False, DiagnosisReasons.TargetNotObserved, $"objects of kind {target.Kind} are not observed, so that {target} can't be diagnosed; look at it by hand")
                : (ConditionStatus.False, DiagnosisReasons.NoHypothesis, $"none of the rules explains what was observed of {target}{where}; look at it by hand");
    }

    // What is written stays as it is and where it is; a diagnosis that says the same as the last one is no happening.
    private static ImmutableArray<TimelineEntry> Timeline(Incident incident, string entryId, Condition diagnosed, DateTimeOffset now)
    {
        ImmutableArray<TimelineEntry> own = [.. incident.Status?.Timeline.Where(static e => e.By == FieldManagers.Diagnosis) ?? []];
        string message = BoundedText.Shorten(diagnosed.Message, 1024);
        bool isKnown = own.Any(e => e.Id == entryId);
        string id = isKnown ? $"{entryId}-{Fingerprints.Hash($"{diagnosed.Reason}|{message}", 8)}" : entryId;
        bool isSaid = isKnown && (own.Any(e => e.Id == id) || (own[^1].Reason == diagnosed.Reason && own[^1].Message == message));
        return isSaid ? own :
        [
            .. own.TakeLast(MaxEntries - 1),
            new()
            {
                Id = id, Time = now, Reason = diagnosed.Reason, Message = message, By = FieldManagers.Diagnosis,
            },
        ];
    }
}
