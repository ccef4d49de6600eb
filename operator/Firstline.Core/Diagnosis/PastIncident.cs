using System.Collections.Immutable;
using Firstline.Api.Meta;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Diagnosis;

/// <summary>An earlier incident on the same target that is over.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ResolvedAt">When it was over.</param>
/// <param name="Cause">What its likeliest hypothesis held to be the cause; null when it had none.</param>
/// <param name="Helped">The runbook whose change was verified to have helped and was not taken back; null when none was.</param>
/// <param name="InVain">Runbooks that were tried in vain, in their order.</param>
public sealed record PastIncident(string Name, DateTimeOffset ResolvedAt, string? Cause, string? Helped, ImmutableArray<string> InVain)
{
    /// <summary>Its <c>metadata.resourceVersion</c>; null when not known.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Most that a diagnosis looks at.</summary>
    public const int Most = 3;

    /// <summary>The newest of them that are over; those that a human called no incident of their own are left out.</summary>
    /// <param name="onTarget">Incidents on the target, open or over.</param>
    /// <param name="incident">The incident that is diagnosed.</param>
    public static ImmutableArray<PastIncident> Of(IEnumerable<Incident> onTarget, Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return
        [
            .. (from past in onTarget
                where past.Metadata.Uid != incident.Metadata.Uid && past.Status is { Feedback: null or { Given: Feedback.WrongCategory }, Parent: null }
                let resolved = past.Status!.Conditions.FirstOrDefault(static c => c is { Type: ConditionTypes.Resolved, Status: ConditionStatus.True })
                where resolved is not null
                orderby resolved.LastTransitionTime descending, past.Metadata.Name
                select Of(past, resolved.LastTransitionTime)).Take(Most),
        ];
    }

    // Of one whose category a human called wrong, the cause is none to go by.
    private static PastIncident Of(Incident past, DateTimeOffset resolvedAt) => new(
        past.Metadata.Name, resolvedAt, past.Status!.Feedback is null ? Likeliest.OfRules(past.Status)?.Cause : null,
        past.Status.Remediations.LastOrDefault(static r => r is { Outcome: RemediationOutcome.Succeeded, UndoneAt: null })?.Runbook,
        [.. past.Status.Remediations.Where(static r => r.Outcome is RemediationOutcome.RolledBack or RemediationOutcome.Failed or RemediationOutcome.RollbackFailed).Select(static r => r.Runbook).Distinct()])
    {
        ResourceVersion = past.Metadata.ResourceVersion,
    };
}
