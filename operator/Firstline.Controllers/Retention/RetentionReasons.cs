namespace Firstline.Controllers.Retention;

/// <summary>Reasons of the Events about what is kept.</summary>
public static class RetentionReasons
{
    /// <summary>An incident that was over was removed with its requests, as the policy's retention says.</summary>
    /// <remarks>Nothing to do; to keep more, raise <c>spec.retention</c> in the RemediationPolicy.</remarks>
    public const string IncidentRemoved = "IncidentRemoved";
}
