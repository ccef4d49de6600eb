namespace Firstline.Api.V1Alpha1;

/// <summary>How far a step is.</summary>
public enum StepState
{
    /// <summary>Recorded before anything is sent, so that a restart knows to look whether it happened.</summary>
    Intended,

    /// <summary>The API server accepted it.</summary>
    Applied,

    /// <summary>The API server refused it, or it could not be sent.</summary>
    Failed,

    /// <summary>Its inverse is recorded before it is sent.</summary>
    RollingBack,

    /// <summary>Its inverse was accepted.</summary>
    RolledBack,
}
