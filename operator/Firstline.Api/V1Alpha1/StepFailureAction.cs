namespace Firstline.Api.V1Alpha1;

/// <summary>What to do when one step fails.</summary>
public enum StepFailureAction
{
    /// <summary>Take the inverse of each executed step, newest first, verify that, then hand over to humans.</summary>
    RollBack,

    /// <summary>Leave out the steps after it, and verify whether what was done before it is enough.</summary>
    Stop,

    /// <summary>Go on with the next step; verification says whether it helped without this one.</summary>
    Continue,

    /// <summary>Leave things as they are and hand over to humans.</summary>
    Escalate,
}
