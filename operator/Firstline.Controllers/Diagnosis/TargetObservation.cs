namespace Firstline.Controllers.Diagnosis;

/// <summary>Whether the target's kind is one of those that are observed.</summary>
internal enum TargetObservation
{
    /// <summary>It is: what is known of the target is all that there is.</summary>
    Observed,

    /// <summary>It is not: at most that the target exists is known.</summary>
    KindNotObserved,
}
