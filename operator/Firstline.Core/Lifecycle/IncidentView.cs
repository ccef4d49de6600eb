using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>What is known of an incident when the next step is decided.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Requests">All RemediationRequests made for it.</param>
public sealed record IncidentView(Incident Incident, ImmutableArray<RemediationRequest> Requests)
{
    /// <summary>The incident that deals with its cause; null when it stands for a cause of its own.</summary>
    public IncidentParent? Parent { get; init; }

    /// <summary>How long its signals must stay away before it is over by itself; zero for at once. From the policy.</summary>
    public TimeSpan QuietFor { get; init; }

    /// <summary>What was done for it, oldest first. Those whose request was deleted stay on record: what was tried is not tried again.</summary>
    public ImmutableArray<RemediationSummary> Remediations =>
    [
        .. (Incident.Status?.Remediations ?? []).Where(s => Requests.All(r => r.Metadata.Name != s.Name)),
        .. Requests.OrderBy(static r => r.Metadata.CreationTimestamp).Select(SummaryOf),
    ];

    /// <summary>The remediation whose change a human took back; null when there is none.</summary>
    public RemediationSummary? TakenBack => Remediations.LastOrDefault(static s => s.Outcome == RemediationOutcome.TakenBack);

    /// <summary>The request that has not ended; null when there is none.</summary>
    public RemediationRequest? Open => Requests.FirstOrDefault(static r => !RemediationLifecycle.IsSettled(r));

    /// <summary>The request that was made last; null when there is none.</summary>
    public RemediationRequest? Last => Requests.OrderBy(static r => r.Metadata.CreationTimestamp).ThenBy(static r => r.Metadata.Name).LastOrDefault();

    private static RemediationSummary SummaryOf(RemediationRequest request) => new()
    {
        Name = request.Metadata.Name,
        Runbook = request.Spec.Runbook.Name,
        Outcome = request.Status?.Outcome,
        UndoneAt = request.Status?.Steps.Select(static s => s.RolledBackAt).Max(),
    };
}
