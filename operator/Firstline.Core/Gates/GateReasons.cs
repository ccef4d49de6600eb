namespace Firstline.Core.Gates;

/// <summary>Why a gate is as it is.</summary>
public static class GateReasons
{
    /// <summary>Nothing speaks against it.</summary>
    public const string Open = "Open";

    /// <summary>There is no RemediationPolicy named default, so nothing is changed.</summary>
    public const string PolicyMissing = "PolicyMissing";

    /// <summary>The kill switch is on.</summary>
    public const string Suspended = "Suspended";

    /// <summary>This process does not hold the lease, or can't tell.</summary>
    public const string NotLeader = "NotLeader";

    /// <summary>The caches are not filled, or have not heard from the API server for too long.</summary>
    public const string CacheStale = "CacheStale";

    /// <summary>The target, or what belongs to it, can't be seen.</summary>
    public const string TargetUnknown = "TargetUnknown";

    /// <summary>The target or its namespace carries the pause annotation.</summary>
    public const string Paused = "Paused";

    /// <summary>Nothing is changed in this namespace.</summary>
    public const string NamespaceProtected = "NamespaceProtected";

    /// <summary>The runbook is gone.</summary>
    public const string RunbookMissing = "RunbookMissing";

    /// <summary>The runbook was edited since the plan was made.</summary>
    public const string RunbookChanged = "RunbookChanged";

    /// <summary>The mode is Observe.</summary>
    public const string ObserveOnly = "ObserveOnly";

    /// <summary>The request's time is over.</summary>
    public const string Expired = "Expired";

    /// <summary>The incident can't be seen.</summary>
    public const string IncidentUnknown = "IncidentUnknown";

    /// <summary>No signal of the incident fires any more.</summary>
    public const string NoActionRequired = "NoActionRequired";

    /// <summary>The target was deleted, or deleted and made again.</summary>
    public const string TargetReplaced = "TargetReplaced";

    /// <summary>The target was changed since the plan was made.</summary>
    public const string TargetChanged = "TargetChanged";

    /// <summary>The other requests can't be listed.</summary>
    public const string RequestsUnknown = "RequestsUnknown";

    /// <summary>Another request is changing or verifying the same target.</summary>
    public const string TargetLocked = "TargetLocked";

    /// <summary>The target was changed too short a time ago.</summary>
    public const string CoolingDown = "CoolingDown";

    /// <summary>Too many requests are under way.</summary>
    public const string TooManyUnderWay = "TooManyUnderWay";

    /// <summary>Too many remediations within the last hour.</summary>
    public const string RateExceeded = "RateExceeded";

    /// <summary>It would disrupt more ready pods than allowed.</summary>
    public const string BlastRadiusExceeded = "BlastRadiusExceeded";

    /// <summary>A human refused it.</summary>
    public const string Rejected = "Rejected";

    /// <summary>A human has to approve it.</summary>
    public const string ApprovalRequired = "ApprovalRequired";

    /// <summary>It runs by itself.</summary>
    public const string ApprovalNotNeeded = "ApprovalNotNeeded";

    /// <summary>A human approved it.</summary>
    public const string Approved = "Approved";

    /// <summary>The approver is a service account or the operator itself.</summary>
    public const string ApproverNotHuman = "ApproverNotHuman";

    /// <summary>Nothing vouches for the approver's name.</summary>
    public const string ApproverUnverified = "ApproverUnverified";

    /// <summary>The approval is for another plan, or the plan is not the one that its hash names.</summary>
    public const string PlanHashMismatch = "PlanHashMismatch";

    /// <summary>Only humans may do it (level L3).</summary>
    public const string HumansOnly = "HumansOnly";
}
