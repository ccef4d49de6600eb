using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Host.Traces;

/// <summary>The spans that an object's status tells of, those that have ended. Pure, so that a restart or another replica makes the same ones.</summary>
internal static class IncidentSpans
{
    private const string Whole = "incident";

    /// <summary>Of an incident: itself, detection, diagnosis, planning, escalation.</summary>
    public static ImmutableArray<IncidentSpan> Of(Incident incident)
    {
        if (incident is not { Metadata.Uid: { } uid, Status.Clocks: { } clocks })
        {
            return [];
        }

        ImmutableArray<KeyValuePair<string, string>> about = About(incident);
        DateTimeOffset? began = clocks.StartedAt ?? clocks.DetectedAt;
        return
        [
            .. Ended("detection", uid, uid, began, clocks.DetectedAt, about),
            .. Ended("diagnosis", uid, uid, clocks.DetectedAt, clocks.DiagnosedAt, about),
            .. Ended("planning", uid, uid, clocks.DiagnosedAt, clocks.PlannedAt, about),
            .. Ended("escalation", uid, uid, clocks.EscalatedAt, clocks.EscalatedAt, about),
            .. Ended(Whole, uid, uid, began, clocks.ResolvedAt, about),
        ];
    }

    /// <summary>Of a request: gates (approval among them), execution, verification.</summary>
    public static ImmutableArray<IncidentSpan> Of(RemediationRequest request)
    {
        if (request is not { Metadata.Uid: { } uid, Status: { } status } || request.Spec.Incident.Uid.Length == 0)
        {
            return [];
        }

        string incident = request.Spec.Incident.Uid;
        ImmutableArray<KeyValuePair<string, string>> about = About(request);
        (DateTimeOffset? begun, DateTimeOffset? executed, string? failure) = ExecutionOf(request.Spec.Plan.Steps.Length, status);
        string? doubt = status.Verification is { FinishedAt: not null, Result: not VerificationResult.Recovered } v ? $"verification ended as {v.Result}" : null;
        return
        [
            .. Ended("gates", incident, uid, request.Metadata.CreationTimestamp, begun, about),
            .. Ended("execution", incident, uid, begun, executed, about, failure),
            .. Ended("verification", incident, uid, status.Verification?.StartedAt, status.Verification?.FinishedAt, about, doubt),
        ];
    }

    // The condition Executed is False from the first intent on, so that it can't tell the end. When a step failed is not recorded: what follows it at once is.
    private static (DateTimeOffset? Begun, DateTimeOffset? Ended, string? Failure) ExecutionOf(int planned, RemediationRequestStatus status)
    {
        DateTimeOffset? begun = status.Steps.SelectMany(static s => new[] { s.IntendedAt, s.AppliedAt }).Min();   // the intent of an inverse replaces that of the change
        if (planned > 0 && status.Steps.Count(static s => s.AppliedAt is not null) == planned)
        {
            return (begun, status.Steps.Max(static s => s.AppliedAt), null);
        }

        DateTimeOffset? takenBack = status.Steps.Where(static s => s.State is StepState.RollingBack or StepState.RolledBack).Min(static s => s.IntendedAt);
        DateTimeOffset? over = status.Conditions.FirstOrDefault(static c => c is { Type: ConditionTypes.Succeeded, Status: not ConditionStatus.Unknown })?.LastTransitionTime;
        StepRecord? failed = status.Steps.FirstOrDefault(static s => s.State == StepState.Failed);
        return (begun, takenBack ?? over, failed is null ? "not every planned step was carried out" : $"step {failed.Name}: {failed.Message}");
    }

    private static IEnumerable<IncidentSpan> Ended(
        string name, string incident, string owner, DateTimeOffset? start, DateTimeOffset? end, ImmutableArray<KeyValuePair<string, string>> about, string? error = null)
    {
        if (start is { } from && end is { } to)
        {
            string parent = name == Whole ? "" : SpanId(incident, Whole);
            yield return new(name, TraceId(incident), SpanId(owner, name), parent, from, to < from ? from : to, about, error);
        }
    }

    // A UID of the API server is a UUID, as long as a trace id; any other is brought to that length.
    private static string TraceId(string uid) => Guid.TryParse(uid, out Guid id) ? id.ToString("N") : Hash(uid, 16);

    private static string SpanId(string uid, string name) => Hash($"{uid}/{name}", 8);

    private static string Hash(string text, int bytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));

    private static ImmutableArray<KeyValuePair<string, string>> About(Incident incident) =>
    [
        new("firstline.incident", $"{incident.Metadata.Namespace}/{incident.Metadata.Name}"),
        new("firstline.target", $"{incident.Spec.Target.Kind}/{incident.Spec.Target.Name}"),
        new("k8s.namespace.name", incident.Metadata.Namespace ?? ""),
        new("firstline.hypothesis", incident.Status?.Hypothesis ?? ""),
    ];

    private static ImmutableArray<KeyValuePair<string, string>> About(RemediationRequest request) =>
    [
        new("firstline.incident", $"{request.Metadata.Namespace}/{request.Spec.Incident.Name}"),
        new("firstline.request", $"{request.Metadata.Namespace}/{request.Metadata.Name}"),
        new("firstline.runbook", request.Spec.Runbook.Name),
        new("firstline.level", request.Spec.Level.ToString()),
        new("k8s.namespace.name", request.Metadata.Namespace ?? ""),
    ];
}
