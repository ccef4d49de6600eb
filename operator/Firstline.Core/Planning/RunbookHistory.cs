using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>What became of a runbook before. Requests may be deleted: the incident's own record and the mark on the target outlive them.</summary>
/// <param name="Attempt">Number of the attempt that a new plan for this incident would be, from 1.</param>
/// <param name="Tried">How it ended on this incident in a way that rules out another try, in words; null when it may be tried.</param>
/// <param name="LastOutcome">How the last execution of the same revision ended, on any target; null when there was none.</param>
internal sealed record RunbookHistory(int Attempt, string? Tried, RemediationOutcome? LastOutcome)
{
    /// <summary>What people, or the verification, said of it on this target or incident that asks for approval, one sentence each.</summary>
    public ImmutableArray<string> Objections { get; private init; } = [];

    /// <param name="runbook">The runbook.</param>
    /// <param name="incident">The incident, with the record of its remediations.</param>
    /// <param name="requests">All requests of the runbook that are there; others are passed over.</param>
    /// <param name="mark">The mark on the target; null when no remediation changed it.</param>
    public static RunbookHistory Of(Runbook runbook, Incident incident, IReadOnlyCollection<RemediationRequest> requests, RemediationMark? mark)
    {
        RemediationRequest[] all = [.. requests.Where(r => IsOf(r, runbook))];
        RemediationRequest[] here = [.. all.Where(r => r.Spec.Incident.Uid == incident.Metadata.Uid)];
        RemediationSummary[] gone =
        [
            .. (incident.Status?.Remediations ?? []).Where(s => s.Outcome is not null && s.Runbook == runbook.Metadata.Name && Array.TrueForAll(here, r => r.Metadata.Name != s.Name)),
        ];
        RemediationOutcome? ended = here.Select(static r => r.Status?.Outcome).Concat(gone.Select(static s => s.Outcome)).FirstOrDefault(IsFinal);
        string? tried = ended is { } outcome ? $"ended as {outcome}" : IsOf(mark, runbook, incident, here) ? "changed the target; its request was deleted" : null;
        return new(here.Length + gone.Length + 1, tried, LastOf(all, RunbookRevision.Of(runbook.Spec)))
        {
            Objections = [.. new[] { Undone(mark, runbook), Deleted(incident, runbook, here), InVain(incident, runbook, requests) }.OfType<string>()],
        };
    }

    // Whoever undid it, on whichever incident: it would be the same change of the same object again.
    private static string? Undone(RemediationMark? mark, Runbook runbook) => mark is { IsUndone: true } && IsOf(mark, runbook)
        ? string.Create(CultureInfo.InvariantCulture, $"what this runbook last changed of the target was undone{(mark.At is { } at ? $" at {at:yyyy-MM-dd HH:mm:ss}Z" : "")}")
        : null;

    // Another runbook that does the same would do it again.
    private static string? InVain(Incident incident, Runbook runbook, IReadOnlyCollection<RemediationRequest> requests) =>
        (from request in requests
         where request.Spec.Incident.Uid == incident.Metadata.Uid && FailedTemplates.IsToldBy(request)
         from step in request.Spec.Plan.Steps
         where request.Status!.Steps.Any(s => s.Name == step.Name && s.AppliedAt is not null) && runbook.Spec.Steps.Any(s => s.Action == step.Action)
         select $"{step.Action} was carried out for this incident by {request.Metadata.Name}, which ended as {request.Status!.Outcome}").FirstOrDefault();

    // One that changed nothing may be planned anew, but whoever deleted it meant something by it.
    private static string? Deleted(Incident incident, Runbook runbook, RemediationRequest[] here) =>
        incident.Status?.Remediations.FirstOrDefault(s => s.Runbook == runbook.Metadata.Name && s.Outcome is null or RemediationOutcome.Cancelled
            && Array.TrueForAll(here, r => r.Metadata.Name != s.Name)) is { } deleted
            ? $"{deleted.Name}, an earlier request of this runbook for this incident, was deleted"
            : null;

    public RunbookAnswer.NotTaken? WhyNotAgain()
    {
        if (Tried is { } how)
        {
            return new(PlanningReasons.AlreadyTried, $"was tried on this incident and {how}; it is not tried twice");
        }

        return Attempt > Planner.MaxAttempts
            ? new(PlanningReasons.TooManyAttempts, $"was planned {Attempt - 1} times for this incident and came to nothing each time")
            : null;
    }

    private static bool IsOf(RemediationRequest request, Runbook runbook) =>
        request.Spec.Runbook.Name == runbook.Metadata.Name && request.Spec.Runbook.Namespace == (runbook.Metadata.Namespace ?? "");

    // A request that is there speaks for itself.
    private static bool IsOf(RemediationMark? mark, Runbook runbook, Incident incident, RemediationRequest[] here) =>
        mark is { Incident.Length: > 0 } && mark.Incident == incident.Metadata.Uid && IsOf(mark, runbook)
        && Array.TrueForAll(here, r => !mark.Step.StartsWith($"{r.Metadata.Uid}/", StringComparison.Ordinal));

    private static bool IsOf(RemediationMark mark, Runbook runbook) => mark.Runbook == RemediationMark.NameOf(runbook.Metadata.Namespace, runbook.Metadata.Name);

    private static RemediationOutcome? LastOf(IEnumerable<RemediationRequest> requests, string revision) =>
        requests.Where(r => r.Spec.Runbook.Revision == revision && WasExecuted(r.Status?.Outcome)).MaxBy(EndOf)?.Status?.Outcome;

    private static DateTimeOffset? EndOf(RemediationRequest request) => request.Status?.Verification?.FinishedAt ?? request.Metadata.CreationTimestamp;

    private static bool IsFinal(RemediationOutcome? outcome) =>
        outcome is not (null or RemediationOutcome.Stale or RemediationOutcome.NoActionRequired or RemediationOutcome.Cancelled);

    private static bool WasExecuted(RemediationOutcome? outcome) => outcome is RemediationOutcome.Succeeded or RemediationOutcome.RolledBack or RemediationOutcome.RollbackFailed
        or RemediationOutcome.TakenBack or RemediationOutcome.Failed or RemediationOutcome.Inconclusive or RemediationOutcome.Orphaned;
}
