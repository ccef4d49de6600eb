namespace Firstline.Core.Gates;

/// <summary>Why a gate is as it is.</summary>
public static class GateReasons
{
    /// <summary>Nothing speaks against it.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Open = "Open";

    /// <summary>There is no RemediationPolicy named default, so nothing is changed.</summary>
    /// <remarks>Create the RemediationPolicy named default; <c>config/samples</c> has one.</remarks>
    public const string PolicyMissing = "PolicyMissing";

    /// <summary>The kill switch is on.</summary>
    /// <remarks>Ask whoever set it; then <c>spec.suspended: false</c> in the RemediationPolicy.</remarks>
    public const string Suspended = "Suspended";

    /// <summary>Somebody asks in the policy's <c>pauseRequests</c> that nothing be changed here.</summary>
    /// <remarks>Ask the owner that the message names; it ends with the time in <c>nextEligibleTime</c>, or when the owner takes it away.</remarks>
    public const string PauseRequested = "PauseRequested";

    /// <summary>No change window of the policy is open.</summary>
    /// <remarks>Wait until the time in <c>nextEligibleTime</c>; an approval given now counts then.</remarks>
    public const string OutsideWindow = "OutsideWindow";

    /// <summary>A freeze of the policy holds.</summary>
    /// <remarks>Wait until the time in <c>nextEligibleTime</c>, or ask whom the freeze names.</remarks>
    public const string Frozen = "Frozen";

    /// <summary>A change window or freeze of the policy can't be read, and counts as closed.</summary>
    /// <remarks>Correct the field of the RemediationPolicy that the message names.</remarks>
    public const string WindowUnreadable = "WindowUnreadable";

    /// <summary>This process does not hold the lease, or can't tell.</summary>
    /// <remarks>Wait: the leader goes on; if no pod holds the lease, look at the operator's log.</remarks>
    public const string NotLeader = "NotLeader";

    /// <summary>The caches are not filled, or have not heard from the API server for too long.</summary>
    /// <remarks>Wait; if it lasts, look whether the operator reaches the API server.</remarks>
    public const string CacheStale = "CacheStale";

    /// <summary>An object that the decision rests on has a shape that this operator cannot read, so the cache shows an old version of it.</summary>
    /// <remarks>Correct the field that the message names, or run an operator that knows this version of the kind.</remarks>
    public const string CacheUnreadable = "CacheUnreadable";

    /// <summary>The target, or what belongs to it, can't be seen.</summary>
    /// <remarks>Check that the target exists, and that the operator may read it.</remarks>
    public const string TargetUnknown = "TargetUnknown";

    /// <summary>The target, its namespace or the runbook carries the annotation or label <c>firstline.dev/paused</c> with any value but <c>false</c>.</summary>
    /// <remarks>Remove the annotation or label <c>firstline.dev/paused</c>, or set it to <c>false</c>, when changes are welcome again.</remarks>
    public const string Paused = "Paused";

    /// <summary>The request reaches out of its own namespace.</summary>
    /// <remarks>Report the incident in the namespace of its target, where the rights and limits for that target hold; on objects of the cluster in the operator's namespace.</remarks>
    public const string OutsideNamespace = "OutsideNamespace";

    /// <summary>Nothing is changed in this namespace.</summary>
    /// <remarks>Act by hand, or take the namespace out of the policy's protected ones.</remarks>
    public const string NamespaceProtected = "NamespaceProtected";

    /// <summary>The runbook is gone.</summary>
    /// <remarks>Act by hand, or apply the runbook again.</remarks>
    public const string RunbookMissing = "RunbookMissing";

    /// <summary>The runbook was edited since the plan was made.</summary>
    /// <remarks>Wait: a new plan is made from the runbook as it is now.</remarks>
    public const string RunbookChanged = "RunbookChanged";

    /// <summary>The mode is Observe.</summary>
    /// <remarks>Do by hand what the plan says, or allow a higher mode.</remarks>
    public const string ObserveOnly = "ObserveOnly";

    /// <summary>The request's time is over.</summary>
    /// <remarks>Act by hand.</remarks>
    public const string Expired = "Expired";

    /// <summary>The incident can't be seen.</summary>
    /// <remarks>Check that the incident still exists.</remarks>
    public const string IncidentUnknown = "IncidentUnknown";

    /// <summary>No signal of the incident fires any more.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string NoActionRequired = "NoActionRequired";

    /// <summary>A human closed the incident.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string ClosedByHand = "ClosedByHand";

    /// <summary>The target was deleted, or deleted and made again.</summary>
    /// <remarks>Wait: it is planned anew for the object that is there now.</remarks>
    public const string TargetReplaced = "TargetReplaced";

    /// <summary>The target was changed since the plan was made.</summary>
    /// <remarks>Wait: it is planned anew for the object as it is now.</remarks>
    public const string TargetChanged = "TargetChanged";

    /// <summary>The other requests can't be listed.</summary>
    /// <remarks>Wait; if it lasts, look at the operator's permissions.</remarks>
    public const string RequestsUnknown = "RequestsUnknown";

    /// <summary>Another request is changing or verifying the same target.</summary>
    /// <remarks>Wait until the request that the message names has ended.</remarks>
    public const string TargetLocked = "TargetLocked";

    /// <summary>The target was changed too short a time ago.</summary>
    /// <remarks>Wait until the time in <c>nextEligibleTime</c>, or act by hand.</remarks>
    public const string CoolingDown = "CoolingDown";

    /// <summary>Too many requests are under way.</summary>
    /// <remarks>Wait until others have ended, or raise the policy's limit.</remarks>
    public const string TooManyUnderWay = "TooManyUnderWay";

    /// <summary>Too many remediations within the last hour.</summary>
    /// <remarks>Find out why so many are needed; wait until the time in <c>nextEligibleTime</c>.</remarks>
    public const string RateExceeded = "RateExceeded";

    /// <summary>Too many incidents are open.</summary>
    /// <remarks>Find what they have in common; changes go on when enough of them are over, or the policy's <c>maxOpenIncidents</c> is raised.</remarks>
    public const string Storm = "Storm";

    /// <summary>All runbooks together would touch more within an hour than the policy allows.</summary>
    /// <remarks>Find out why so much is changed; wait until the time in <c>nextEligibleTime</c>, or raise <c>spec.limits.budget</c>.</remarks>
    public const string BudgetExceeded = "BudgetExceeded";

    /// <summary>The runbook is at work on as many targets as it may be, until one of them is verified.</summary>
    /// <remarks>Wait: the next wave is twice as large when this one helped.</remarks>
    public const string WaveFull = "WaveFull";

    /// <summary>Too many of the runbook's runs did not help.</summary>
    /// <remarks>Find out why; act by hand, or mend the runbook.</remarks>
    public const string RolloutStopped = "RolloutStopped";

    /// <summary>The policy protects the object by its name or by a label.</summary>
    /// <remarks>Act by hand, or take the object out of the policy's <c>spec.protected</c>.</remarks>
    public const string ObjectProtected = "ObjectProtected";

    /// <summary>It would disrupt more ready pods than allowed.</summary>
    /// <remarks>Act by hand with more care, or raise the runbook's and the policy's limit.</remarks>
    public const string BlastRadiusExceeded = "BlastRadiusExceeded";

    /// <summary>It would disrupt more ready pods than a PodDisruptionBudget of the workload allows now.</summary>
    /// <remarks>Wait until more of its pods are ready, or look at the budget: one that never allows a disruption holds up every rollout.</remarks>
    public const string DisruptionBudgetExceeded = "DisruptionBudgetExceeded";

    /// <summary>The PodDisruptionBudgets of the workload can't be told.</summary>
    /// <remarks>Look whether the operator may list PodDisruptionBudgets; else act by hand.</remarks>
    public const string DisruptionBudgetUnknown = "DisruptionBudgetUnknown";

    /// <summary>A declared check of its verification can't be asked as the operator is configured.</summary>
    /// <remarks>Set what the message names in the operator's configuration, or take the check out of the runbook.</remarks>
    public const string VerifierMissing = "VerifierMissing";

    /// <summary>Its runbook is in a namespace whose runbooks may not ask Prometheus.</summary>
    /// <remarks>Put the Runbook into the operator's namespace, or name its own in <c>metrics.namespaces</c> of the policy; whoever writes Runbooks there then reads every tenant's metrics.</remarks>
    public const string MetricsForbidden = "MetricsForbidden";

    /// <summary>What a declared check of its verification asks has not answered yet.</summary>
    /// <remarks>Nothing to do: it is asked when nothing else is in the way of the change, and answers within seconds or is said to be away.</remarks>
    public const string VerifierAsked = "VerifierAsked";

    /// <summary>What a declared check of its verification asks does not answer, so that nobody could tell whether the change helped.</summary>
    /// <remarks>Wait, or look at Prometheus or the probe that the message names. It is asked again by itself; a probe that is down because of the very trouble may say <c>mayBeDown: true</c>.</remarks>
    public const string VerifierAway = "VerifierAway";

    /// <summary>A human refused it.</summary>
    /// <remarks>Act by hand, as whoever refused it has in mind.</remarks>
    public const string Rejected = "Rejected";

    /// <summary>A human has to approve it.</summary>
    /// <remarks>Read <c>firstline show remreq</c>, then annotate as <c>status.nextStep</c> says.</remarks>
    public const string ApprovalRequired = "ApprovalRequired";

    /// <summary>It runs by itself.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string ApprovalNotNeeded = "ApprovalNotNeeded";

    /// <summary>A human approved it.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Approved = "Approved";

    /// <summary>The approver is a service account or the operator itself.</summary>
    /// <remarks>Have a person approve it.</remarks>
    public const string ApproverNotHuman = "ApproverNotHuman";

    /// <summary>Nothing vouches for the approver's name.</summary>
    /// <remarks>Install <c>config/admission</c>, so that the API server vouches for the name.</remarks>
    public const string ApproverUnverified = "ApproverUnverified";

    /// <summary>The approver opened the incident by hand, or wrote the runbook.</summary>
    /// <remarks>Have another person approve it.</remarks>
    public const string ApproverIsAuthor = "ApproverIsAuthor";

    /// <summary>The approver does not have the verb approve, by name or by the groups named beside the approval.</summary>
    /// <remarks>Have somebody approve it who may; a right that comes from a group counts when the approval names it in <c>firstline.dev/approved-groups</c>.</remarks>
    public const string ApproverRightMissing = "ApproverRightMissing";

    /// <summary>The API server does not say whether the approver may still approve.</summary>
    /// <remarks>Wait; if it lasts, look whether the operator may create SubjectAccessReviews.</remarks>
    public const string ApproverRightUnknown = "ApproverRightUnknown";

    /// <summary>The approval is older than the policy lets one count.</summary>
    /// <remarks>Take the name away and set it anew, or have another person approve it.</remarks>
    public const string ApprovalExpired = "ApprovalExpired";

    /// <summary>The list of approvals has no room for what the annotation says now, so that nobody's approval counts.</summary>
    /// <remarks>Delete the request, so that it is planned anew, or act by hand.</remarks>
    public const string ApprovalsFull = "ApprovalsFull";

    /// <summary>The approval is for another plan, or the plan is not the one that its hash names.</summary>
    /// <remarks>Approve this plan, not another; if the plan itself does not fit its hash, find out who changed it.</remarks>
    public const string PlanHashMismatch = "PlanHashMismatch";

    /// <summary>Only humans may do it (level L3).</summary>
    /// <remarks>Do by hand what the plan says.</remarks>
    public const string HumansOnly = "HumansOnly";
}
