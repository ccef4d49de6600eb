namespace Firstline.Core.Verification;

/// <summary>Why a verification is as it is.</summary>
public static class VerificationReasons
{
    /// <summary>Not decided yet.</summary>
    /// <remarks>Wait; <c>status.verification.checks</c> shows what does not hold yet.</remarks>
    public const string Verifying = "Verifying";

    /// <summary>All checks held for the whole stable time.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string Recovered = "Recovered";

    /// <summary>The time is over and the target is as it was.</summary>
    /// <remarks>Read what the checks say, and the incident, which is handed over to humans.</remarks>
    public const string Unchanged = "Unchanged";

    /// <summary>The time is over and fewer pods are ready than before.</summary>
    /// <remarks>Act now: the incident is handed over to humans; what could be undone was, unless the runbook says otherwise.</remarks>
    public const string Worse = "Worse";

    /// <summary>The time is over and it can't be told.</summary>
    /// <remarks>Look at the target by hand and decide whether it helped.</remarks>
    public const string Inconclusive = "Inconclusive";
}
