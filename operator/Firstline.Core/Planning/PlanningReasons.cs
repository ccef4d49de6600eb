namespace Firstline.Core.Planning;

/// <summary>Why there is no plan.</summary>
public static class PlanningReasons
{
    /// <summary>No rule named a cause.</summary>
    public const string NoHypothesis = "NoHypothesis";

    /// <summary>The incident's target, or the object at fault, can't be seen.</summary>
    public const string TargetUnknown = "TargetUnknown";

    /// <summary>No runbook is for this cause and target.</summary>
    public const string NoRunbook = "NoRunbook";

    /// <summary>Every runbook for it was tried on this incident.</summary>
    public const string AlreadyTried = "AlreadyTried";

    /// <summary>The runbook says that humans act.</summary>
    public const string HumansOnly = "HumansOnly";

    /// <summary>The mode is Observe: what would have been done is recorded.</summary>
    public const string ObserveOnly = "ObserveOnly";

    /// <summary>A runbook fits, but one of its actions does not.</summary>
    public const string ActionRefused = "ActionRefused";

    /// <summary>The only runbooks for it are not valid.</summary>
    public const string RunbookInvalid = "RunbookInvalid";

    /// <summary>The plan went stale time after time.</summary>
    public const string TooManyAttempts = "TooManyAttempts";
}
