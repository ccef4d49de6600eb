namespace Firstline.Core.Planning;

/// <summary>Why there is no plan.</summary>
public static class PlanningReasons
{
    /// <summary>No rule named a cause.</summary>
    /// <remarks>Look at the target by hand; begin with the incident's evidence.</remarks>
    public const string NoHypothesis = "NoHypothesis";

    /// <summary>The incident's target, or the object at fault, can't be seen.</summary>
    /// <remarks>Check that the object exists, and that the operator may read it.</remarks>
    public const string TargetUnknown = "TargetUnknown";

    /// <summary>The incident's target lies outside the incident's namespace.</summary>
    /// <remarks>Report the incident in the namespace of its target, where the rights and limits for that target hold; on objects of the cluster in the operator's namespace.</remarks>
    public const string OutsideNamespace = "OutsideNamespace";

    /// <summary>No runbook is for this cause and target.</summary>
    /// <remarks>Act by hand, and write a runbook for this cause if it is likely to come back.</remarks>
    public const string NoRunbook = "NoRunbook";

    /// <summary>Every runbook for it was tried on this incident.</summary>
    /// <remarks>Act by hand: what is known was tried and is listed in the incident's remediations.</remarks>
    public const string AlreadyTried = "AlreadyTried";

    /// <summary>The runbook says that humans act.</summary>
    /// <remarks>Do what the runbook's description says.</remarks>
    public const string HumansOnly = "HumansOnly";

    /// <summary>The mode is Observe: what would have been done is recorded.</summary>
    /// <remarks>Do by hand what would have been done, or allow a higher mode in runbook and policy.</remarks>
    public const string ObserveOnly = "ObserveOnly";

    /// <summary>A runbook fits, but one of its actions does not.</summary>
    /// <remarks>Read why in the message; act by hand or mend the runbook's parameters.</remarks>
    public const string ActionRefused = "ActionRefused";

    /// <summary>A runbook fits, but a declared check of its verification can't be asked as the operator is configured.</summary>
    /// <remarks>Set what the message names in the operator's configuration, or take the check out of the runbook.</remarks>
    public const string VerifierMissing = "VerifierMissing";

    /// <summary>The runbook verifies by metrics, and is in a namespace whose runbooks may not ask Prometheus.</summary>
    /// <remarks>Put the Runbook into the operator's namespace, or name its own in <c>metrics.namespaces</c> of the policy; whoever writes Runbooks there then reads every tenant's metrics.</remarks>
    public const string MetricsForbidden = "MetricsForbidden";

    /// <summary>The only runbooks for it are not valid.</summary>
    /// <remarks>Mend the runbook: <c>firstline runbook lint</c> names the line.</remarks>
    public const string RunbookInvalid = "RunbookInvalid";

    /// <summary>The API server refused to store the plan.</summary>
    /// <remarks>Act by hand; the message has the API server's own words. Check that the custom resources are those of this version.</remarks>
    public const string PlanRefused = "PlanRefused";

    /// <summary>The plan went stale time after time.</summary>
    /// <remarks>Find out who keeps changing the target, then act by hand.</remarks>
    public const string TooManyAttempts = "TooManyAttempts";
}
