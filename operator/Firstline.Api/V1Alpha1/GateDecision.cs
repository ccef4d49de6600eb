namespace Firstline.Api.V1Alpha1;

/// <summary>What a gate says.</summary>
public enum GateDecision
{
    /// <summary>Nothing speaks against it.</summary>
    Open,

    /// <summary>Not now; it may open by itself or by a human's doing.</summary>
    Closed,

    /// <summary>Never for this request.</summary>
    Refused,
}
