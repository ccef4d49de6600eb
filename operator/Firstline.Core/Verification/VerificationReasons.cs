namespace Firstline.Core.Verification;

/// <summary>Why a verification is as it is.</summary>
public static class VerificationReasons
{
    /// <summary>Not decided yet.</summary>
    public const string Verifying = "Verifying";

    /// <summary>All checks held for the whole stable time.</summary>
    public const string Recovered = "Recovered";

    /// <summary>The time is over and the target is as it was.</summary>
    public const string Unchanged = "Unchanged";

    /// <summary>The time is over and fewer pods are ready than before.</summary>
    public const string Worse = "Worse";

    /// <summary>The time is over and it can't be told.</summary>
    public const string Inconclusive = "Inconclusive";
}
