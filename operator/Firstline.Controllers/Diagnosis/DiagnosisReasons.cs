namespace Firstline.Controllers.Diagnosis;

/// <summary>Reasons of the condition Diagnosed, of its Events and timeline entries.</summary>
internal static class DiagnosisReasons
{
    /// <summary>There is at least one hypothesis.</summary>
    public const string HypothesesReady = "HypothesesReady";

    /// <summary>No rule explains what was observed.</summary>
    public const string NoHypothesis = "NoHypothesis";

    /// <summary>The target does not exist.</summary>
    public const string TargetNotFound = "TargetNotFound";

    /// <summary>The target is of a kind that is not observed.</summary>
    public const string TargetNotObserved = "TargetNotObserved";
}
