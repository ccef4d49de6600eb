using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;

namespace Firstline.Core.Lifecycle;

/// <summary>What decides whether an incident is kept.</summary>
public sealed record RetentionInput
{
    /// <summary>The incident.</summary>
    public required Incident Incident { get; init; }

    /// <summary>All incidents of its namespace.</summary>
    public required ImmutableArray<Incident> Incidents { get; init; }

    /// <summary>All requests of the incident, and those of the runbooks that they were planned from.</summary>
    public required ImmutableArray<RemediationRequest> Requests { get; init; }

    /// <summary>All runbooks of the cluster.</summary>
    public required ImmutableArray<Runbook> Runbooks { get; init; }

    /// <summary>The policy; null when there is none, and then everything is kept.</summary>
    public required RemediationPolicySpec? Policy { get; init; }
}
