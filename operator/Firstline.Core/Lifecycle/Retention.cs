using System.Collections.Immutable;
using System.Globalization;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Gates;
using Firstline.Core.Planning;

namespace Firstline.Core.Lifecycle;

/// <summary>Decides which incidents that are over are removed, so that they don't pile up in the API server. Requests belong to their incident and go with it.</summary>
/// <remarks>
/// The signals of an incident that is over are history: nothing writes them any more, and what fires on belongs to the next incident. What people opened is theirs to delete. An incident stays while it or one of its requests is not settled, while another one names it as its parent, while a cooldown
/// or rate limit counts one of its changes, and while it holds the last run of a runbook's present revision, which decides whether the next run needs approval.
/// </remarks>
public static class Retention
{
    private const int DefaultMax = 500;
    private static readonly TimeSpan NeededRecheck = TimeSpan.FromHours(1);
    private static readonly TimeSpan DefaultKeepFor = TimeSpan.FromDays(30);

    /// <summary>True when the incident is resolved and nobody deletes it: only then is there something to decide.</summary>
    public static bool IsOver(Incident incident) => ResolvedAt(incident) is not null;

    /// <summary>Decides on the values given.</summary>
    public static RetentionDecision Decide(RetentionInput input, DateTimeOffset now)
    {
        if (ResolvedAt(input.Incident) is not { } resolved)
        {
            return new(false, "is not over");
        }

        if (input.Policy is not { } policy || input.Incident.Spec.Source == IncidentSource.Manual)
        {
            return new(false, input.Policy is null ? "is kept without a policy" : "was opened by a person");
        }

        RetentionDecision decision = ByAgeAndNumber(input, policy, resolved, now);
        return decision.Remove && WhyNeeded(input, policy, now) is { } why ? new(false, why, now + NeededRecheck) : decision;
    }

    private static RetentionDecision ByAgeAndNumber(RetentionInput input, RemediationPolicySpec policy, DateTimeOffset resolved, DateTimeOffset now)
    {
        TimeSpan keepFor = policy.Retention.KeepFor?.Value ?? DefaultKeepFor;
        int max = policy.Retention.MaxPerNamespace ?? DefaultMax;
        bool isBeyond = input.Incidents.Length > max && input.Incidents.Count(i => IsNewer(i, input.Incident, resolved)) >= max;
        return now - resolved >= keepFor ? new(true, $"was resolved more than {Duration.From(keepFor)} ago")
            : isBeyond ? new(true, string.Create(CultureInfo.InvariantCulture, $"is older than the {max} resolved incidents that the policy keeps in a namespace"))
            : new(false, "is recent", resolved + keepFor);
    }

    private static DateTimeOffset? ResolvedAt(Incident incident) => incident.Metadata.DeletionTimestamp is not null
        ? null
        : incident.Status?.Conditions.FirstOrDefault(static c => c is { Type: ConditionTypes.Resolved, Status: ConditionStatus.True }) is { } over
            ? incident.Status.Clocks?.ResolvedAt ?? over.LastTransitionTime
            : null;

    // Two that ended in the same moment are told apart by name, so that exactly the wanted number stays.
    private static bool IsNewer(Incident other, Incident incident, DateTimeOffset resolved) =>
        ResolvedAt(other) is { } at && (at > resolved || (at == resolved && string.CompareOrdinal(other.Metadata.Name, incident.Metadata.Name) > 0));

    private static string? WhyNeeded(RetentionInput input, RemediationPolicySpec policy, DateTimeOffset now)
    {
        string? uid = input.Incident.Metadata.Uid;
        RemediationRequest[] own = [.. input.Requests.Where(r => r.Spec.Incident.Uid == uid)];
        if (Array.Find(own, static r => !RemediationLifecycle.IsSettled(r)) is { } open)
        {
            return $"has request {open.Metadata.Name}, which is not over";
        }

        if (input.Incidents.FirstOrDefault(i => i.Status?.Parent?.Uid == uid && ResolvedAt(i) is null) is { } child)
        {
            return $"is the parent of incident {child.Metadata.Name}, which is not over";
        }

        TimeSpan counted = LongestCount(policy, input.Runbooks);
        return Array.Find(own, r => Progress.LastChange(r) + counted > now) is { } counting ? $"has request {counting.Metadata.Name}, whose change still counts for a limit"
            : Array.Find(own, r => IsLastRun(r, input)) is { } last ? $"has request {last.Metadata.Name}, the last run of its runbook"
            : null;
    }

    // The runbook that comes next brings its own cooldown to the changes of others.
    private static TimeSpan LongestCount(RemediationPolicySpec policy, ImmutableArray<Runbook> runbooks) =>
        runbooks.Select(static r => r.Spec.Limits.Cooldown?.Value ?? TimeSpan.Zero)
            .Append(policy.Limits.Cooldown?.Value ?? CooldownGate.Default).Append(RateGate.Window).Max();

    private static bool IsLastRun(RemediationRequest request, RetentionInput input) =>
        Progress.LastChange(request) is { } changed
        && input.Runbooks.Any(r => r.Metadata.Name == request.Spec.Runbook.Name && r.Metadata.Namespace == request.Spec.Runbook.Namespace
            && RunbookRevision.Of(r.Spec) == request.Spec.Runbook.Revision)
        && !input.Requests.Any(r => r.Spec.Runbook == request.Spec.Runbook && Progress.LastChange(r) > changed);
}
