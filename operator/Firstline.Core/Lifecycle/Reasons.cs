namespace Firstline.Core.Lifecycle;

/// <summary>Reasons of conditions, events and timeline entries that the lifecycle itself gives; gates, actions and verification have their own.</summary>
public static class Reasons
{
    /// <summary>A plan was made.</summary>
    public const string Planned = "Planned";

    /// <summary>All gates are open.</summary>
    public const string GatesOpen = "GatesOpen";

    /// <summary>Nothing was changed yet.</summary>
    public const string NotStarted = "NotStarted";

    /// <summary>Changes are being made.</summary>
    public const string Executing = "Executing";

    /// <summary>All changes were made.</summary>
    public const string Executed = "Executed";

    /// <summary>Changes are being undone.</summary>
    public const string RollingBack = "RollingBack";

    /// <summary>The changes were undone.</summary>
    public const string RolledBack = "RolledBack";

    /// <summary>The API server refused a change.</summary>
    public const string StepRefused = "StepRefused";

    /// <summary>The object was changed by somebody else in between.</summary>
    public const string StepDrifted = "StepDrifted";

    /// <summary>A change could not be undone.</summary>
    public const string RollbackFailed = "RollbackFailed";

    /// <summary>It did not help, and there is nothing that could be undone, or nothing was to be.</summary>
    public const string NotRolledBack = "NotRolledBack";

    /// <summary>It helped.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>Under way.</summary>
    public const string InProgress = "InProgress";

    /// <summary>Incident: a remediation was verified to have helped.</summary>
    public const string Remediated = "Remediated";

    /// <summary>Incident: its signals stopped without a remediation that was verified.</summary>
    public const string SignalsResolved = "SignalsResolved";

    /// <summary>Incident: it is not over.</summary>
    public const string StillFiring = "StillFiring";

    /// <summary>Incident: another incident deals with its cause.</summary>
    public const string SameCause = "SameCause";

    /// <summary>Incident: nothing was planned.</summary>
    public const string NoRemediation = "NoRemediation";

    /// <summary>Incident: humans need not act.</summary>
    public const string NotEscalated = "NotEscalated";

    /// <summary>Incident: a gate is closed and humans should know.</summary>
    public const string GateClosed = "GateClosed";

    /// <summary>Incident: a remediation did not help.</summary>
    public const string RemediationFailed = "RemediationFailed";

    /// <summary>Incident: a human refused the remediation.</summary>
    public const string RemediationRejected = "RemediationRejected";

    /// <summary>Incident: the remediation's time was over before it began.</summary>
    public const string RemediationExpired = "RemediationExpired";

    /// <summary>Incident: it can't be told whether the remediation helped.</summary>
    public const string RemediationInconclusive = "RemediationInconclusive";

    /// <summary>Request: a human approved it.</summary>
    public const string Approved = "Approved";
}
