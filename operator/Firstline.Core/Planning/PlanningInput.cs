using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;

namespace Firstline.Core.Planning;

/// <summary>What a plan rests on.</summary>
public sealed record PlanningInput
{
    /// <summary>The incident, diagnosed.</summary>
    public required Incident Incident { get; init; }

    /// <summary>Its target as it is now; null when it can't be seen.</summary>
    public required Situation? Situation { get; init; }

    /// <summary>All runbooks of the incident's namespace and of the operator's, demoted where they have to be (<see cref="CircuitBreaker.Apply"/>).</summary>
    public required ImmutableArray<Runbook> Runbooks { get; init; }

    /// <summary>The requests of the incident, and those that were planned for any incident from the runbooks of its cause (<see cref="PlanningRequests"/>).</summary>
    public required ImmutableArray<RemediationRequest> Requests { get; init; }

    /// <summary>True when a request of the incident's namespace has this name, whatever it is about.</summary>
    public required Func<string, bool> IsNameTaken { get; init; }

    /// <summary>The policy; null when there is none.</summary>
    public required RemediationPolicySpec? Policy { get; init; }

    /// <summary>Whether the API server vouches for who approved runbook revisions; null when it can't be told.</summary>
    public required ApprovalIdentity? RunbookIdentity { get; init; }

    /// <summary>Whether the API server vouches for who wrote incidents and runbooks; null when it can't be told.</summary>
    public ApprovalIdentity? AuthorIdentity { get; init; }

    /// <summary>Namespace of the operator.</summary>
    public required string OperatorNamespace { get; init; }

    /// <summary>Finds a time zone of the IANA database by its name, null for one that there is not; null when none can be looked up.</summary>
    public Func<string, TimeZoneInfo?>? TimeZones { get; init; }

    /// <summary>What the operator's configuration lets verifications ask; null when it is not known.</summary>
    public VerifierFacts? Verifiers { get; init; }

    /// <summary>The time to plan at.</summary>
    public required DateTimeOffset Now { get; init; }
}
