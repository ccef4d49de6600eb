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

    /// <summary>The request that has not ended; null when there is none.</summary>
    public RemediationRequest? Open => Requests.FirstOrDefault(static r => !RemediationLifecycle.IsSettled(r));

    /// <summary>The request that was made last; null when there is none.</summary>
    public RemediationRequest? Last => Requests.OrderBy(static r => r.Metadata.CreationTimestamp).ThenBy(static r => r.Metadata.Name).LastOrDefault();
}
