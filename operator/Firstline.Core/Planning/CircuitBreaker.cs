using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Actions;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>Demotes a runbook revision whose runs do not help, until a human approves it again.</summary>
public static class CircuitBreaker
{
    /// <summary>How far back failures count where the policy says nothing; the same value as in the schema.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(24);

    private const int DefaultFailures = 3;

    /// <summary>The runbook, demoted when too many of its runs failed. What was recorded before stays, whatever becomes of the requests.</summary>
    /// <param name="runbook">The runbook with the status that was written last.</param>
    /// <param name="requests">Requests that were planned from it, those at least that failed within <see cref="WindowOf"/>; others are passed over.</param>
    /// <param name="policy">The policy; null when there is none.</param>
    /// <param name="now">The time to judge at.</param>
    public static Runbook Apply(Runbook runbook, IEnumerable<RemediationRequest> requests, RemediationPolicySpec? policy, DateTimeOffset now)
    {
        string revision = RunbookRevision.Of(runbook.Spec);
        RunbookDemotion? known = Known(runbook, revision);
        if (known is not null && !IsApproved(runbook, revision, known))
        {
            return With(runbook, known);
        }

        PolicyLimits limits = policy?.Limits ?? new();
        TimeSpan window = WindowOf(policy);
        DateTimeOffset[] failures = Failures(runbook, revision, requests, known?.At > now - window ? known.At : now - window);
        return With(runbook, failures.Length < (limits.MaxFailures ?? DefaultFailures) ? known : Demotion(revision, failures, window));
    }

    /// <summary>How far back failures count.</summary>
    public static TimeSpan WindowOf(RemediationPolicySpec? policy) => policy?.Limits.FailureWindow?.Value ?? DefaultWindow;

    private static DateTimeOffset[] Failures(Runbook runbook, string revision, IEnumerable<RemediationRequest> requests, DateTimeOffset after) =>
        [.. requests.Where(r => IsRunOf(r, runbook, revision)).Select(FailedAt).OfType<DateTimeOffset>().Where(t => t > after).Order()];

    /// <summary>What the annotation <see cref="AnnotationNames.ApprovedRevision"/> has to say for the runbook to run by itself.</summary>
    public static string ApprovalOf(Runbook runbook)
    {
        string revision = RunbookRevision.Of(runbook.Spec);
        return Wanted(revision, Known(runbook, revision));
    }

    /// <summary>The demotion of the runbook's present revision that no human has answered; null when there is none.</summary>
    public static RunbookDemotion? Standing(Runbook runbook)
    {
        string revision = RunbookRevision.Of(runbook.Spec);
        return Known(runbook, revision) is { } known && !IsApproved(runbook, revision, known) ? known : null;
    }

    /// <summary>When a run did not help: its verification said so, or it failed after it had changed something. Null when it helped, can't be told, or has not ended.</summary>
    public static DateTimeOffset? FailedAt(RemediationRequest request) => request.Status switch
    {
        { Verification: { Result: VerificationResult.Unchanged or VerificationResult.Worse, FinishedAt: { } at } } => at,
        { Outcome: RemediationOutcome.Failed or RemediationOutcome.RolledBack or RemediationOutcome.RollbackFailed } => Progress.LastChange(request),
        _ => null,
    };

    private static bool IsRunOf(RemediationRequest request, Runbook runbook, string revision) =>
        request.Spec.Runbook.Name == runbook.Metadata.Name && request.Spec.Runbook.Namespace == (runbook.Metadata.Namespace ?? "") && request.Spec.Runbook.Revision == revision;

    private static RunbookDemotion Demotion(string revision, DateTimeOffset[] failures, TimeSpan window) => new()
    {
        Revision = revision,
        At = failures[^1],
        Id = CanonicalJson.HashOfText(string.Create(CultureInfo.InvariantCulture, $"{revision}/{failures[^1].UtcTicks}"))[..6],
        Reason = $"{Counted.Of(failures.Length, "run")} within {Api.Meta.Duration.From(window)} did not help",
    };

    private static RunbookDemotion? Known(Runbook runbook, string revision) => runbook.Status?.Demotion is { } demotion && demotion.Revision == revision ? demotion : null;

    private static bool IsApproved(Runbook runbook, string revision, RunbookDemotion known) =>
        runbook.Metadata.Annotations.GetValueOrDefault(AnnotationNames.ApprovedRevision) == Wanted(revision, known);

    private static string Wanted(string revision, RunbookDemotion? known) => known is null ? revision : $"{revision}.{known.Id}";

    private static Runbook With(Runbook runbook, RunbookDemotion? demotion) =>
        runbook.Status?.Demotion == demotion ? runbook : runbook with { Status = (runbook.Status ?? new()) with { Demotion = demotion } };
}
