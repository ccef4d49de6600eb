namespace Firstline.Api.V1Alpha1;

/// <summary>How a RemediationRequest ended.</summary>
public enum RemediationOutcome
{
    /// <summary>Executed, and verified to have helped.</summary>
    Succeeded,

    /// <summary>Executed without the wanted effect, then rolled back; the target was verified to be as it was before.</summary>
    RolledBack,

    /// <summary>Executed without the wanted effect; the rollback failed, or the target was not seen to be as it was before.</summary>
    RollbackFailed,

    /// <summary>Executed without the wanted effect; there was nothing to roll back, or it was not to be.</summary>
    Failed,

    /// <summary>A human refused it.</summary>
    Rejected,

    /// <summary>Nobody approved it in time, or its gates did not open in time.</summary>
    Expired,

    /// <summary>The target changed since the plan was made; a new plan is needed.</summary>
    Stale,

    /// <summary>The trouble went away before anything was done.</summary>
    NoActionRequired,

    /// <summary>Verification could not tell; a human must look.</summary>
    Inconclusive,

    /// <summary>The request was deleted, or its incident closed by a human, before anything was changed.</summary>
    Cancelled,

    /// <summary>A human deleted the request after it had changed something, and the change was undone.</summary>
    TakenBack,

    /// <summary>The request was deleted after it had changed something, and the change could not be, or was not to be, taken back: it stays.</summary>
    Orphaned,
}
