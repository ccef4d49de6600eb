using System.Collections.Immutable;
using Firstline.Api.V1Alpha1;
using Firstline.Core.Facts;
using Firstline.Core.Planning;

namespace Firstline.Core.Gates;

/// <summary>What gates judge by. Everything but the request may be missing, and then the gates that need it are closed.</summary>
public sealed record GateInput
{
    /// <summary>The request, with the newest status known.</summary>
    public required RemediationRequest Request { get; init; }

    /// <summary>The policy in force; null when there is none, or it can't be read.</summary>
    public RemediationPolicySpec? Policy { get; init; }

    /// <summary>The runbook that the request was planned from, as it is now (<see cref="CircuitBreaker.Apply"/>); null when it is gone.</summary>
    public Runbook? Runbook { get; init; }

    /// <summary>Whether this process holds the lease; null when it can't tell.</summary>
    public bool? IsLeader { get; init; }

    /// <summary>How fresh the caches are; null when it can't be told.</summary>
    public CacheFacts? Cache { get; init; }

    /// <summary>The target of the plan and what belongs to it; null when it can't be seen.</summary>
    public Situation? Situation { get; init; }

    /// <summary>The incident that the request is for; null when it is gone.</summary>
    public Incident? Incident { get; init; }

    /// <summary>
    /// The requests of the cluster that bear on this one, with the newest status known: those under way, those that changed something within <see cref="RateGate.Window"/>,
    /// and those that changed its target last; others may be among them. Null when they can't be listed.
    /// </summary>
    public ImmutableArray<RemediationRequest>? Requests { get; init; }

    /// <summary>The requests of the same runbook that are under way or changed something within <see cref="StagedRolloutGate.Window"/>, this one apart or not; null when they can't be listed.</summary>
    public ImmutableArray<RemediationRequest>? RunsOfRunbook { get; init; }

    /// <summary>How many incidents of the cluster are open, those apart that another one deals with; null when they can't be counted.</summary>
    public int? OpenIncidents { get; init; }

    /// <summary>True when the request's namespace is known to be being deleted: then nothing is changed or waited for in it.</summary>
    public bool IsNamespaceEnding { get; init; }

    /// <summary>Namespace of the operator; null when unknown.</summary>
    public string? OperatorNamespace { get; init; }

    /// <summary>Whether the API server vouches for approvers' names; null when it can't be told.</summary>
    public ApprovalIdentity? Identity { get; init; }

    /// <summary>
    /// By user name, whether the approvers of this request hold the verb approve on it at this moment, as the API server says; null when it can't be told, and an approver
    /// who is not among them is not known to.
    /// </summary>
    public ImmutableDictionary<string, bool>? ApproverRights { get; init; }

    /// <summary>Whether the API server vouches for who wrote incidents and runbooks; null when it can't be told.</summary>
    public ApprovalIdentity? AuthorIdentity { get; init; }

    /// <summary>Whether the API server vouches for who approved runbook revisions; null when it can't be told.</summary>
    public ApprovalIdentity? RunbookIdentity { get; init; }

    /// <summary>Finds a time zone of the IANA database by its name, null for one that there is not; null when none can be looked up.</summary>
    public Func<string, TimeZoneInfo?>? TimeZones { get; init; }

    /// <summary>What the operator's configuration lets verifications ask; null when it is not known.</summary>
    public VerifierFacts? Verifiers { get; init; }

    /// <summary>What was read for the checks that the runbook declares, by the name of the check: before the change whether it is answered at all, after it what the verification is judged by.</summary>
    public ImmutableDictionary<string, CheckReading> Readings { get; init; } = ImmutableDictionary<string, CheckReading>.Empty;

    /// <summary>True when a change is known to have been made.</summary>
    public bool HasBegun => Progress.HasBegun(Request);

    /// <summary>The other ones of <see cref="Requests"/>; null when they can't be listed.</summary>
    public IEnumerable<RemediationRequest>? Others => Requests?.Where(r => r.Metadata.Uid != Request.Metadata.Uid);
}
