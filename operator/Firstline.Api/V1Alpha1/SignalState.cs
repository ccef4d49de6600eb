namespace Firstline.Api.V1Alpha1;

/// <summary>Whether a signal still reports trouble.</summary>
public enum SignalState
{
    /// <summary>It does.</summary>
    Firing,

    /// <summary>It no longer does.</summary>
    Resolved,
}
