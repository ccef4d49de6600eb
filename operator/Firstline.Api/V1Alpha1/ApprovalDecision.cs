namespace Firstline.Api.V1Alpha1;

/// <summary>What a human did about a request.</summary>
public enum ApprovalDecision
{
    /// <summary>Approved it.</summary>
    Approved,

    /// <summary>Took an approval back.</summary>
    Withdrawn,
}
