namespace Firstline.Api.V1Alpha1;

/// <summary>Whether a remediation helped.</summary>
public enum VerificationResult
{
    /// <summary>Not decided yet.</summary>
    Pending,

    /// <summary>All checks held for the whole stable time.</summary>
    Recovered,

    /// <summary>The trouble is as it was.</summary>
    Unchanged,

    /// <summary>There is more trouble than before.</summary>
    Worse,

    /// <summary>It can't be told; a human must look. Never taken as success.</summary>
    Inconclusive,
}
