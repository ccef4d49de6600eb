namespace Firstline.Api.V1Alpha1;

/// <summary>What to do when a remediation does not help.</summary>
public enum FailureAction
{
    /// <summary>Take the inverse of each executed step, newest first, then hand over to humans.</summary>
    RollBack,

    /// <summary>Leave things as they are and hand over to humans.</summary>
    Escalate,
}
