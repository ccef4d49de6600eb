namespace Firstline.Api.V1Alpha1;

/// <summary>Types of the conditions.</summary>
public static class ConditionTypes
{
    /// <summary>Incident: a signal reports trouble.</summary>
    public const string Detected = "Detected";

    /// <summary>Incident: hypotheses are ready.</summary>
    public const string Diagnosed = "Diagnosed";

    /// <summary>Incident: a model's answer stands beside the rules'; Unknown while it is asked, absent where no model is configured.</summary>
    public const string Refined = "Refined";

    /// <summary>Incident: a human confirmed the severity; until then it is a suggestion.</summary>
    public const string SeverityConfirmed = "SeverityConfirmed";

    /// <summary>Request and incident: all gates are open, and it is approved where it must be.</summary>
    public const string Permitted = "Permitted";

    /// <summary>Request and incident: the plan's changes were made.</summary>
    public const string Executed = "Executed";

    /// <summary>Request and incident: the changes were verified to have helped.</summary>
    public const string Verified = "Verified";

    /// <summary>Incident: humans were asked to take over, and why.</summary>
    public const string Escalated = "Escalated";

    /// <summary>Incident: another incident deals with its cause; absent otherwise.</summary>
    public const string Attached = "Attached";

    /// <summary>Incident: a human's feedback tunes its detectors on its target, or False when it is only counted; absent without feedback.</summary>
    public const string Tuned = "Tuned";

    /// <summary>Incident, summary: it is over. True only while no signal fires.</summary>
    public const string Resolved = "Resolved";

    /// <summary>Request, summary: it ended, and helped.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>Request (kstatus): under way; absent otherwise.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Request (kstatus): stands still until somebody acts; absent otherwise.</summary>
    public const string Stalled = "Stalled";

    /// <summary>Runbook: it can be used.</summary>
    public const string Valid = "Valid";
}
