namespace Firstline.Core.Lifecycle;

/// <summary>Reasons of conditions, events and timeline entries that the lifecycle itself gives; gates, actions and verification have their own.</summary>
public static class Reasons
{
    /// <summary>A plan was made.</summary>
    /// <remarks>Read the request: <c>kubectl describe remreq</c>.</remarks>
    public const string Planned = "Planned";

    /// <summary>All gates are open.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string GatesOpen = "GatesOpen";

    /// <summary>Nothing was changed yet.</summary>
    /// <remarks>See the gates for what it waits for.</remarks>
    public const string NotStarted = "NotStarted";

    /// <summary>Changes are being made.</summary>
    /// <remarks>Wait.</remarks>
    public const string Executing = "Executing";

    /// <summary>All changes were made.</summary>
    /// <remarks>Wait for the verification.</remarks>
    public const string Executed = "Executed";

    /// <summary>Some of the changes were made; the others failed, and the runbook says to go on without them.</summary>
    /// <remarks>Wait for the verification; the message says what failed.</remarks>
    public const string ExecutedInPart = "ExecutedInPart";

    /// <summary>Request: verification can't tell whether it helped, and a human has to say.</summary>
    /// <remarks>Look at the target, and annotate the request with <c>firstline.dev/answer</c> as <c>status.nextStep</c> says.</remarks>
    public const string AnswerNeeded = "AnswerNeeded";

    /// <summary>Changes are being undone.</summary>
    /// <remarks>Wait.</remarks>
    public const string RollingBack = "RollingBack";

    /// <summary>The changes were undone.</summary>
    /// <remarks>Act by hand: the fix did not help and was taken back.</remarks>
    public const string RolledBack = "RolledBack";

    /// <summary>The API server refused a change.</summary>
    /// <remarks>Read the API server's message; permissions and admission are the usual causes.</remarks>
    public const string StepRefused = "StepRefused";

    /// <summary>The object was changed by somebody else in between.</summary>
    /// <remarks>Find out who else changes the object, then act by hand or let it be planned anew.</remarks>
    public const string StepDrifted = "StepDrifted";

    /// <summary>A Job that a step ran has failed.</summary>
    /// <remarks>Read the step's message and <c>output</c>, which hold the exit code and the end of the log.</remarks>
    public const string JobFailed = "JobFailed";

    /// <summary>A webhook that a step called has refused the call, or is not in the operator's configuration.</summary>
    /// <remarks>Read the step's message: it holds the status that the webhook answered with. Look there for what it did.</remarks>
    public const string WebhookRefused = "WebhookRefused";

    /// <summary>A step that takes several requests did not get to its end in the time that it may take.</summary>
    /// <remarks>Read the step's message: it says what is done and what it waited for, such as a PodDisruptionBudget.</remarks>
    public const string StepTimedOut = "StepTimedOut";

    /// <summary>A step was stopped when a part of it was done: a gate refused the rest, or the request was deleted.</summary>
    /// <remarks>Look at what the step's message says was done, and finish or undo it by hand.</remarks>
    public const string StepStopped = "StepStopped";

    /// <summary>A change could not be undone, or the target was not seen to be as before when it was.</summary>
    /// <remarks>Act now: <c>status.rollback.checks</c> says what was seen; undo by hand what is still changed, as the request's plan says (<c>inverse</c>).</remarks>
    public const string RollbackFailed = "RollbackFailed";

    /// <summary>It did not help, and there is nothing that could be undone, or nothing was to be.</summary>
    /// <remarks>Act by hand: the change is still there.</remarks>
    public const string NotRolledBack = "NotRolledBack";

    /// <summary>The request was deleted before it had changed anything.</summary>
    /// <remarks>Nothing to do: while the incident lasts it is planned anew, and then waits for approval.</remarks>
    public const string RequestDeleted = "RequestDeleted";

    /// <summary>The request was deleted after it had changed something, and the change stays.</summary>
    /// <remarks>Look at the target: what the message names is still changed; undo it by hand if it is not wanted.</remarks>
    public const string Orphaned = "Orphaned";

    /// <summary>It helped.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Succeeded = "Succeeded";

    /// <summary>Under way.</summary>
    /// <remarks>Wait; <c>status.nextStep</c> says for what.</remarks>
    public const string InProgress = "InProgress";

    /// <summary>Incident reported by hand: the incident that dealt with the same cause is over.</summary>
    /// <remarks>Nothing to do; if the trouble goes on, report it again.</remarks>
    public const string ParentResolved = "ParentResolved";

    /// <summary>Incident: a remediation was verified to have helped.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Remediated = "Remediated";

    /// <summary>Incident: its signals stopped without a remediation that was verified.</summary>
    /// <remarks>Find out what ended it, if that is not known.</remarks>
    public const string SignalsResolved = "SignalsResolved";

    /// <summary>Incident: a human closed it.</summary>
    /// <remarks>Nothing to do; what still fires opens another incident.</remarks>
    public const string ClosedByHand = "ClosedByHand";

    /// <summary>Incident: it is not over.</summary>
    /// <remarks>See <c>status.nextStep</c>.</remarks>
    public const string StillFiring = "StillFiring";

    /// <summary>Incident: another incident deals with its cause.</summary>
    /// <remarks>Look at the parent in <c>status.parent</c>; the child ends with its own signals.</remarks>
    public const string SameCause = "SameCause";

    /// <summary>Incident: nothing was planned.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string NoRemediation = "NoRemediation";

    /// <summary>Event: the incident was handed over to humans; the condition Escalated says why.</summary>
    /// <remarks>Do what <c>status.nextStep</c> says.</remarks>
    public const string Escalated = "Escalated";

    /// <summary>Incident: humans need not act.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string NotEscalated = "NotEscalated";

    /// <summary>RemediationRequest, Incident: the API server does not take the request's status, so that it can't go on.</summary>
    /// <remarks>Install the custom resource definitions of this operator's version; if they are, make the object smaller. Look at the target by hand meanwhile: its change may be made.</remarks>
    public const string StatusRefused = "StatusRefused";

    /// <summary>Incident: a gate is closed and humans should know.</summary>
    /// <remarks>Open the gate, or act by hand; the message names the gate and the limit.</remarks>
    public const string GateClosed = "GateClosed";

    /// <summary>Incident: a gate is closed that is likely to open within minutes.</summary>
    /// <remarks>Nothing to do yet; the message says what is waited for, and when humans are called.</remarks>
    public const string WaitsShortly = "WaitsShortly";

    /// <summary>Incident: a remediation did not help.</summary>
    /// <remarks>Act by hand; the request says what was tried and what became of it.</remarks>
    public const string RemediationFailed = "RemediationFailed";

    /// <summary>Request: a human deleted it after it had changed something, and the change was undone.</summary>
    /// <remarks>Act by hand, as whoever deleted it has in mind; the change is not made again without approval.</remarks>
    public const string TakenBack = "TakenBack";

    /// <summary>Incident: a human took the change of a remediation back by deleting its request.</summary>
    /// <remarks>Act by hand; the incident ends when somebody closes it, or when no signal fires for half an hour.</remarks>
    public const string RemediationTakenBack = "RemediationTakenBack";

    /// <summary>Incident: a human refused the remediation.</summary>
    /// <remarks>Act by hand, as whoever refused it has in mind.</remarks>
    public const string RemediationRejected = "RemediationRejected";

    /// <summary>Incident: the remediation's time was over before it began.</summary>
    /// <remarks>Act by hand; the next incident of this kind is planned for again.</remarks>
    public const string RemediationExpired = "RemediationExpired";

    /// <summary>Incident: it can't be told whether the remediation helped.</summary>
    /// <remarks>Look at the target by hand and decide whether it helped.</remarks>
    public const string RemediationInconclusive = "RemediationInconclusive";

    /// <summary>Request: a human approved it.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Approved = "Approved";

    /// <summary>Request: a human took an approval back.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Withdrawn = "Withdrawn";
}
