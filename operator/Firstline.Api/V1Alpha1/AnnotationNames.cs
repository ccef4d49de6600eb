namespace Firstline.Api.V1Alpha1;

/// <summary>Annotations that people, or the operator, set.</summary>
public static class AnnotationNames
{
    /// <summary>On a RemediationRequest: the approver's own user name.</summary>
    public const string Approved = "firstline.dev/approved";

    /// <summary>On a RemediationRequest, beside <see cref="Approved"/>: the approver's groups, separated by commas, from which the right to approve comes.</summary>
    public const string ApprovedGroups = "firstline.dev/approved-groups";

    /// <summary>On an Incident or a Runbook: the user who wrote its spec, as admission made sure.</summary>
    public const string Author = "firstline.dev/author";

    /// <summary>On a RemediationRequest: why it is refused.</summary>
    public const string Rejected = "firstline.dev/rejected";

    /// <summary>On a RemediationRequest whose verification is Inconclusive: helped, undo or keep; see <see cref="HumanAnswer"/>.</summary>
    public const string Answer = "firstline.dev/answer";

    /// <summary>On an Incident: why a human takes it for resolved. Closes it, whatever still fires; what is being changed is finished first.</summary>
    public const string Resolved = "firstline.dev/resolved";

    /// <summary>On a Runbook: the revision that may run by itself.</summary>
    public const string ApprovedRevision = "firstline.dev/approved-revision";

    /// <summary>On a target or a namespace, as annotation or label, with any value but false: nothing is changed there.</summary>
    public const string Paused = "firstline.dev/paused";

    /// <summary>
    /// On a changed object: which request and step changed it last, when, for which incident and by which runbook. Written with the change itself, so that
    /// a restart can tell whether it happened, and what must not be done again is known even when the request is deleted.
    /// </summary>
    public const string LastRemediation = "firstline.dev/last-remediation";

    /// <summary>On a ConfigMap, with the value true: its content is guarded; drift from what was last applied is an incident.</summary>
    public const string Guarded = "firstline.dev/guarded";

    /// <summary>On a workload: names of workloads of its namespace that call it, separated by commas; a NetworkPolicy that cuts one of them off is an incident.</summary>
    public const string Callers = "firstline.dev/callers";

    /// <summary>On a Job that runs a failed one again: the name of that one.</summary>
    public const string RetryOf = "firstline.dev/retry-of";

    /// <summary>kubectl's record of what was declared by client-side apply.</summary>
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
}
