using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Planning;

/// <summary>What became of a runbook before.</summary>
/// <param name="Attempt">Number of the attempt that a new plan for this incident would be, from 1.</param>
/// <param name="Tried">How it ended on this incident in a way that rules out another try; null when it may be tried.</param>
/// <param name="LastOutcome">How the last execution of the same revision ended, on any target; null when there was none.</param>
internal sealed record RunbookHistory(int Attempt, RemediationOutcome? Tried, RemediationOutcome? LastOutcome)
{
    public static RunbookHistory Of(Runbook runbook, Incident incident, IReadOnlyCollection<RemediationRequest> requests)
    {
        RemediationRequest[] all = [.. requests.Where(r => IsOf(r, runbook))];
        RemediationRequest[] here = [.. all.Where(r => r.Spec.Incident.Uid == incident.Metadata.Uid)];
        return new(here.Length + 1, here.Select(static r => r.Status?.Outcome).FirstOrDefault(IsFinal), LastOf(all, RunbookRevision.Of(runbook.Spec)));
    }

    public RunbookAnswer.NotTaken? WhyNotAgain()
    {
        if (Tried is { } outcome)
        {
            return new(PlanningReasons.AlreadyTried, $"was tried on this incident and ended as {outcome}; it is not tried twice");
        }

        return Attempt > Planner.MaxAttempts
            ? new(PlanningReasons.TooManyAttempts, $"was planned {Attempt - 1} times for this incident and its target changed each time")
            : null;
    }

    private static bool IsOf(RemediationRequest request, Runbook runbook) =>
        request.Spec.Runbook.Name == runbook.Metadata.Name && request.Spec.Runbook.Namespace == (runbook.Metadata.Namespace ?? "");

    private static RemediationOutcome? LastOf(IEnumerable<RemediationRequest> requests, string revision) =>
        requests.Where(r => r.Spec.Runbook.Revision == revision && WasExecuted(r.Status?.Outcome)).MaxBy(EndOf)?.Status?.Outcome;

    private static DateTimeOffset? EndOf(RemediationRequest request) => request.Status?.Verification?.FinishedAt ?? request.Metadata.CreationTimestamp;

    private static bool IsFinal(RemediationOutcome? outcome) =>
        outcome is not (null or RemediationOutcome.Stale or RemediationOutcome.NoActionRequired);

    private static bool WasExecuted(RemediationOutcome? outcome) =>
        outcome is RemediationOutcome.Succeeded or RemediationOutcome.RolledBack or RemediationOutcome.Failed or RemediationOutcome.Inconclusive;
}
