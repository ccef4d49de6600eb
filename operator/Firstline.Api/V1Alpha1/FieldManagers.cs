namespace Firstline.Api.V1Alpha1;

/// <summary>Names under which the controllers own fields in server-side apply.</summary>
public static class FieldManagers
{
    /// <summary>Opens incidents and keeps their signals.</summary>
    public const string Detection = "firstline-detection";

    /// <summary>Records humans' feedback on incidents and what follows.</summary>
    public const string Feedback = "firstline-feedback";

    /// <summary>Writes evidence and hypotheses.</summary>
    public const string Diagnosis = "firstline-diagnosis";

    /// <summary>Plans remediations of incidents and concludes them.</summary>
    public const string Planning = "firstline-planning";

    /// <summary>Carries remediation requests through.</summary>
    public const string Remediation = "firstline-remediation";

    /// <summary>Judges runbooks.</summary>
    public const string Runbooks = "firstline-runbooks";

    /// <summary>Judges the policy.</summary>
    public const string Policy = "firstline-policy";

    /// <summary>Changes workloads.</summary>
    public const string Executor = "firstline-executor";
}
