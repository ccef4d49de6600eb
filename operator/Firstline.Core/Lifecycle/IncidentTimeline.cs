using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>The planning controller's entries of an incident's timeline, made from what the requests record: the same happening is the same entry.</summary>
internal static class IncidentTimeline
{
    private const int MaxEntries = 64;
    private const string Prefix = "remedy/";

    /// <summary>All entries that the controller owns: those recorded before, and those that the requests and conditions add.</summary>
    public static ImmutableArray<TimelineEntry> Of(IncidentView view, ImmutableArray<Condition> conditions)
    {
        IEnumerable<TimelineEntry> derived = view.Requests.SelectMany(r => OfRequest(r, view.Incident.Status?.Clocks?.DiagnosedAt)).Concat(OfConditions(conditions));
        IEnumerable<TimelineEntry> before = view.Incident.Status is { } status ? Own(status) : [];
        return InOrder(before.Concat(derived).DistinctBy(static e => e.Id));
    }

    /// <summary>The entries in a status that the controller owns.</summary>
    public static ImmutableArray<TimelineEntry> Own(IncidentStatus status) =>
        InOrder(status.Timeline.Where(static e => e.Id.StartsWith(Prefix, StringComparison.Ordinal)));

    private static ImmutableArray<TimelineEntry> InOrder(IEnumerable<TimelineEntry> entries) =>
        [.. entries.OrderBy(static e => e.Time).ThenBy(static e => e.Id, StringComparer.Ordinal).TakeLast(MaxEntries)];

    private static IEnumerable<TimelineEntry> OfConditions(ImmutableArray<Condition> conditions) =>
        from condition in conditions
        where condition is { Type: ConditionTypes.Escalated or ConditionTypes.Attached or ConditionTypes.Resolved, Status: ConditionStatus.True }
        select Entry($"{condition.Type}/{condition.LastTransitionTime.ToUnixTimeMilliseconds()}", condition.LastTransitionTime, condition.Reason,
            $"{Heading(condition.Type)}: {condition.Message}");

    private static string Heading(string condition) => condition switch
    {
        ConditionTypes.Resolved => "resolved",
        ConditionTypes.Attached => "left to another incident",
        _ => "handed over to humans",
    };

    private static IEnumerable<TimelineEntry> OfRequest(RemediationRequest request, DateTimeOffset? diagnosed)
    {
        string name = request.Metadata.Name;
        yield return Entry(
            $"planned/{name}", PlannedAt(request, diagnosed), Reasons.Planned,
            $"runbook {request.Spec.Runbook.Name} proposes (level {request.Spec.Level}): {request.Spec.Plan.Summary}");
        foreach (ApprovalRecord approval in request.Status?.Approvals ?? [])
        {
            yield return OfApproval(name, approval);
        }

        foreach (TimelineEntry entry in (request.Status?.Steps ?? []).SelectMany(s => OfStep(name, s)).Concat(OfEnd(request)))
        {
            yield return entry;
        }
    }

    private static TimelineEntry OfApproval(string request, ApprovalRecord approval)
    {
        string who = $"{request}/{Short(approval.User)}/{approval.SeenAt.ToUnixTimeMilliseconds()}";
        return (approval.Decision == ApprovalDecision.Approved
            ? Entry($"approved/{who}", approval.SeenAt, Reasons.Approved, $"{approval.User} approved {request}")
            : Entry($"withdrawn/{who}", approval.SeenAt, Reasons.Withdrawn, $"{approval.User} took the approval of {request} back")) with { By = approval.User };
    }

    // The API server cuts the time of creation to seconds: within its second the plan came after the diagnosis that it rests on.
    private static DateTimeOffset PlannedAt(RemediationRequest request, DateTimeOffset? diagnosed)
    {
        DateTimeOffset created = request.Metadata.CreationTimestamp ?? default;
        return diagnosed is { } at && at > created && at - created < TimeSpan.FromSeconds(1) ? at : created;
    }

    private static IEnumerable<TimelineEntry> OfStep(string request, StepRecord step)
    {
        if (step.AppliedAt is { } applied)
        {
            yield return Entry($"executed/{request}/{step.Name}", applied, Reasons.Executed, $"step {step.Name} was carried out: {step.Message}");
        }

        if (step.RolledBackAt is { } undone)
        {
            yield return Entry($"undone/{request}/{step.Name}", undone, Reasons.RolledBack, $"step {step.Name} was undone");
        }

        if (step is { State: StepState.Failed, Reason: { } reason })
        {
            yield return Entry($"failed/{request}/{step.Name}", step.IntendedAt ?? default, reason, $"step {step.Name} failed: {step.Message}");
        }
    }

    private static IEnumerable<TimelineEntry> OfEnd(RemediationRequest request)
    {
        if (request.Status?.Verification is { FinishedAt: { } verified } record)
        {
            yield return Entry(
                $"verified/{request.Metadata.Name}", verified, record.Result.ToString(), $"verification: {string.Join("; ", record.Checks.Select(static c => c.Message))}");
        }

        if (request.Status?.Rollback is { FinishedAt: { } compared } rollback)
        {
            yield return Entry(
                $"rollback/{request.Metadata.Name}", compared, rollback.Result == VerificationResult.Recovered ? Reasons.RolledBack : Reasons.RollbackFailed,
                $"after the rollback: {string.Join("; ", rollback.Checks.Select(static c => c.Message))}");
        }

        Condition? end = request.Status?.Conditions.FirstOrDefault(static c => c.Type == ConditionTypes.Succeeded);
        if (request.Status?.Outcome is { } outcome && end is not null)
        {
            yield return Entry($"ended/{request.Metadata.Name}", end.LastTransitionTime, outcome.ToString(), $"{request.Metadata.Name} ended as {outcome}: {end.Message}");
        }
    }

    private static TimelineEntry Entry(string id, DateTimeOffset time, string reason, string message) => new()
    {
        Id = Limited(Prefix + id, 128),
        Time = time,
        Reason = reason,
        Message = Limited(message, 1024),
        By = FieldManagers.Planning,
    };

    private static string Short(string user) => Limited(user, 40);

    private static string Limited(string text, int length) => text.Length <= length ? text : text[..length];
}
