namespace Firstline.Api.V1Alpha1;

/// <summary>Who acts. Ordered from the least to the most human involvement.</summary>
public enum RemediationLevel
{
    /// <summary>The operator acts by itself, within limits.</summary>
    L1 = 1,

    /// <summary>The operator prepares; a human approves.</summary>
    L2,

    /// <summary>Humans act; the operator investigates.</summary>
    L3,
}
