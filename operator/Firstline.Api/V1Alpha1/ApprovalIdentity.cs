namespace Firstline.Api.V1Alpha1;

/// <summary>Whether an approver's name can be believed.</summary>
public enum ApprovalIdentity
{
    /// <summary>Nothing made sure that the user set the annotation in person; counts only where the policy allows it.</summary>
    Unverified,

    /// <summary>The admission policy that compares the value with the requester's own name is in force.</summary>
    Verified,
}
