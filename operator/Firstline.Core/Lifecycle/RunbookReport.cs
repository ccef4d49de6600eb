using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Lifecycle;

/// <summary>Judges a runbook: whether it can be used, what may be done with it, and how it did so far.</summary>
public static class RunbookReport
{
    /// <summary>The whole status.</summary>
    /// <param name="stored">The runbook with its status as stored.</param>
    /// <param name="policy">The policy; null when there is none.</param>
    /// <param name="identity">Whether the API server vouches for who approved runbook revisions; null when it can't be told.</param>
    /// <param name="requests">All requests of the cluster.</param>
    /// <param name="now">The time of the report.</param>
    /// <param name="authors">Whether the API server vouches for who wrote runbooks; null when it can't be told.</param>
    public static RunbookStatus ToStatus(
        Runbook stored, RemediationPolicySpec? policy, ApprovalIdentity? identity, IReadOnlyCollection<RemediationRequest> requests, DateTimeOffset now,
        ApprovalIdentity? authors = null)
    {
        Runbook runbook = CircuitBreaker.Apply(stored, requests, policy, now);
        ImmutableArray<string> problems = RunbookValidator.Validate(runbook.Spec);
        RunbookMode mode = RunbookMode.Of(runbook, policy, identity, authors);
        RemediationRequest[] runs = [.. requests.Where(r => IsOf(r, runbook) && Progress.IsSettled(r) && Progress.FirstChange(r) is not null)];
        ConditionList conditions = new(runbook.Status?.Conditions ?? [], runbook.Metadata.Generation, now);
        return new()
        {
            ObservedGeneration = runbook.Metadata.Generation,
            Revision = RunbookRevision.Of(runbook.Spec),
            ApprovedRevision = ApprovalIn(runbook),
            UnverifiedApproval = UncheckedAfter(runbook, identity),
            EffectiveMode = mode.Mode,
            NextStep = BoundedText.Shorten(NextStep(runbook, policy, mode, problems), 1024),
            Demotion = runbook.Status?.Demotion,
            Runs = runs.Length,
            Success = string.Create(CultureInfo.InvariantCulture, $"{runs.Count(static r => r.Status?.Outcome == RemediationOutcome.Succeeded)}/{runs.Length}"),
            LastRunTime = runs.Select(Progress.FirstChange).Max(),
            Conditions = (problems.IsEmpty
                ? conditions.Set(ConditionTypes.Valid, ConditionStatus.True, RunbookReasons.Valid, "the runbook can be used")
                : conditions.Set(ConditionTypes.Valid, ConditionStatus.False, RunbookReasons.Invalid, string.Join("; ", problems))).ToImmutable(),
        };
    }

    /// <summary>True when what was written differs from <paramref name="after"/> in nothing but the count of runs and the time of the last one.</summary>
    /// <param name="before">The status as stored; null when there is none, and then there is more to write.</param>
    /// <param name="after">The status as it should be.</param>
    public static bool IsCountAlone(RunbookStatus? before, RunbookStatus after) =>
        before is not null && before with { Conditions = after.Conditions, Runs = after.Runs, Success = after.Success, LastRunTime = after.LastRunTime } == after
        && before.Conditions.SequenceEqual(after.Conditions);

    private static string? ApprovalIn(Runbook runbook) => runbook.Metadata.Annotations.GetValueOrDefault(AnnotationNames.ApprovedRevision) is { Length: <= 64 } approved ? approved : null;

    // Unchanged while it can't be told who vouches for approvals.
    private static string? UncheckedAfter(Runbook runbook, ApprovalIdentity? identity) => identity switch
    {
        ApprovalIdentity.Unverified => ApprovalIn(runbook),
        ApprovalIdentity.Verified when ApprovalIn(runbook) != runbook.Status?.UnverifiedApproval => null,
        _ => runbook.Status?.UnverifiedApproval,
    };

    private static bool IsOf(RemediationRequest request, Runbook runbook) =>
        request.Spec.Runbook.Name == runbook.Metadata.Name && request.Spec.Runbook.Namespace == (runbook.Metadata.Namespace ?? "");

    private static string NextStep(Runbook runbook, RemediationPolicySpec? policy, RunbookMode mode, ImmutableArray<string> problems)
    {
        if (!problems.IsEmpty)
        {
            return $"Mend it: {problems[0]}.";
        }

        string revision = CircuitBreaker.ApprovalOf(runbook);
        string approve = $"kubectl annotate rbk {runbook.Metadata.Name} -n {runbook.Metadata.Namespace} --overwrite {AnnotationNames.ApprovedRevision}={revision}";
        bool isApproved = runbook.Metadata.Annotations.GetValueOrDefault(AnnotationNames.ApprovedRevision) == revision;
        return mode.Reason switch
        {
            null => "Nothing to do: it may run by itself.",
            var why when RunbookMode.IsHeldBySpec(runbook, policy) =>
                $"Held at {mode.Mode} because {why}. To take that away: kubectl patch rbk {runbook.Metadata.Name} -n {runbook.Metadata.Namespace} --type merge -p '{{\"spec\":{{\"mode\":null}}}}'"
                + "; that makes another revision, which is to be approved then",
            var why when isApproved => $"Held at {mode.Mode} because {why}.",
            var why => $"Held at {mode.Mode} because {why}. To let this revision run by itself: {approve}",
        };
    }
}
