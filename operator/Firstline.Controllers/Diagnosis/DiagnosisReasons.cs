namespace Firstline.Controllers.Diagnosis;

/// <summary>Reasons of the condition Diagnosed, of its Events and timeline entries.</summary>
internal static class DiagnosisReasons
{
    /// <summary>There is at least one hypothesis.</summary>
    /// <remarks>Read the hypotheses with the evidence that they cite; planning follows by itself.</remarks>
    public const string HypothesesReady = "HypothesesReady";

    /// <summary>No rule explains what was observed.</summary>
    /// <remarks>Look at the target by hand; the evidence in the incident's status says what was observed.</remarks>
    public const string NoHypothesis = "NoHypothesis";

    /// <summary>The target does not exist.</summary>
    /// <remarks>Check kind, name and namespace of <c>spec.target</c>, and create another incident for the right one.</remarks>
    public const string TargetNotFound = "TargetNotFound";

    /// <summary>The target lies outside the incident's namespace.</summary>
    /// <remarks>Report the incident in the namespace of its target, where the rights and limits for that target hold; on objects of the cluster in the operator's namespace.</remarks>
    public const string TargetOutsideNamespace = "TargetOutsideNamespace";

    /// <summary>Nobody confirmed the severity: it is what the operator suggests.</summary>
    /// <remarks>Read <c>status.severityReason</c> and decide: <c>kubectl patch inc NAME --type=merge -p '{"spec":{"severity":"SEV2"}}'</c>.</remarks>
    public const string SeveritySuggested = "SeveritySuggested";

    /// <summary>A human confirmed the severity, or decided on another one.</summary>
    /// <remarks>Nothing to do.</remarks>
    public const string SeverityDecided = "SeverityDecided";

    /// <summary>The target is of a kind that is not observed.</summary>
    /// <remarks>Look at the target by hand; only kinds that are watched can be diagnosed.</remarks>
    public const string TargetNotObserved = "TargetNotObserved";

    /// <summary>A model is asked; the rules' answer stands meanwhile.</summary>
    /// <remarks>Nothing to do: its answer comes within <c>model.timeout</c>, or a sentence that says why not.</remarks>
    public const string ModelAsked = "ModelAsked";

    /// <summary>A model has answered, and what could be checked of it stands beside the rules' hypotheses.</summary>
    /// <remarks>Read hypotheses M1 and on with the evidence that they cite; whatever the operator decides rests on the rules' alone.</remarks>
    public const string ModelAnswered = "ModelAnswered";

    /// <summary>A model gave an answer of which nothing can be taken.</summary>
    /// <remarks>Nothing to do: the rules' answer stands. <c>status.modelCalls</c> says what was wrong; if it is so again and again, configure a model that keeps to a schema.</remarks>
    public const string ModelAnswerRefused = "ModelAnswerRefused";

    /// <summary>A model gave no answer.</summary>
    /// <remarks>Nothing to do for the incident: the rules' answer stands. The message says what to look at when it lasts.</remarks>
    public const string ModelFailed = "ModelFailed";

    /// <summary>No model is asked, since a limit of what it may cost is used up.</summary>
    /// <remarks>Nothing to do for the incident: the rules' answer stands. The message says which limit, and when it opens again.</remarks>
    public const string ModelBudgetUsedUp = "ModelBudgetUsedUp";
}
